/** A read model that follows the log in SQL, set by set. */
import type postgres from "postgres";
import type { Assigned, InlineProjection } from "../store/append.ts";
import { writtenRange } from "../store/write_batch.ts";

/** Facts after one position up to another, as two SQL expressions. */
export interface PositionRange {
  after: postgres.Fragment;
  upto: postgres.Fragment;
}

/** The tables that the statements of a read model name, but for `events`. */
export interface TableDeclaration {
  /** Its own: what a rebuild derives anew and swaps. */
  tables: readonly string[];
  /** Others' tables whose rows it changes; it may read them as well. */
  changes?: readonly string[];
  /** Others' tables that it reads, as they are once everybody has changed them. */
  reads?: readonly string[];
}

export interface Projection extends Readonly<Required<TableDeclaration>> {
  readonly name: string;
  readonly applies: ReadonlySet<string>;
  /**
   * Applies the facts of a range, which follows the last one applied; returns what it decided
   * about single facts. `types` are those in the range, where that is known. It executes its
   * queries before it returns (postgres.js starts others later: after the commit that follows).
   */
  apply(
    tx: postgres.ISql,
    range: PositionRange,
    types?: ReadonlySet<string>,
  ): Promise<readonly Assigned[]>;
}

/** One statement of a read model; it is left out where a range is known to hold none of its facts. */
export interface Statement {
  readonly applies: readonly string[];
  /** Only SQL: it must give the same rows live and in a rebuild. Its rows are what it decided. */
  move(tx: postgres.ISql, range: PositionRange): { execute(): PromiseLike<readonly Assigned[]> };
}

/** The read model that `statements` move, in their order; `inOrder` places it by its tables. */
export function projection(
  name: string,
  { tables, changes = [], reads = [] }: TableDeclaration,
  statements: readonly Statement[],
): Projection {
  const applies = new Set(statements.flatMap(({ applies }) => applies));
  return {
    name,
    tables,
    changes,
    reads,
    applies,
    async apply(tx, range, types = applies) {
      const due = statements.filter(({ applies }) => applies.some((type) => types.has(type)));
      return (await Promise.all(due.map(({ move }) => move(tx, range).execute()))).flat();
    },
  };
}

/** The projection as the log calls it: for the facts that the transaction just appended. */
export function inlineProjection(projection: Projection): InlineProjection {
  return {
    applies: projection.applies,
    applyNew: (tx, types) => projection.apply(tx, writtenRange(tx), types),
  };
}
