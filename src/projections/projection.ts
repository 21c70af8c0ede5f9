/** A read model that follows the log in SQL, set by set. */
import type postgres from "postgres";
import type { Assigned, InlineProjection } from "../store/log.ts";
import { writtenRange } from "../store/write_batch.ts";

/** Facts after one position up to another, as two SQL expressions. */
export interface Range {
  after: postgres.Fragment;
  upto: postgres.Fragment;
}

export interface Projection {
  readonly name: string;
  /** Its tables: what a rebuild derives anew and swaps. */
  readonly tables: readonly string[];
  readonly applies: ReadonlySet<string>;
  /**
   * Applies the facts of a range, which follows the last one applied; returns what it decided
   * about single facts. Only SQL: it must give the same rows live and in a rebuild. It executes its
   * queries before it returns (postgres.js starts others later: after the commit that follows).
   */
  apply(tx: postgres.ISql, range: Range): Promise<readonly Assigned[]>;
}

/** The projection as the log calls it: for the facts that the transaction just appended. */
export function inline(projection: Projection): InlineProjection {
  return {
    applies: projection.applies,
    applyNew: (tx) => projection.apply(tx, writtenRange(tx)),
  };
}
