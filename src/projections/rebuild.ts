/**
 * Derives every read model anew from the log, beside the live ones, while the bot goes on. A run
 * keeps its tables and its bookmark in a schema of its own; one that was killed is swept away by
 * the next. No live table is ever renamed or locked against readers: where rows differ, the live
 * ones are replaced by the derived ones in one transaction, so names, rights and views stay.
 */
import type postgres from "postgres";
import { v4 } from "uuid";
import { transaction } from "../store/transaction.ts";
import { compareTable, replaceTable, type TableComparison } from "./compare_tables.ts";
import type { Projection } from "./projection.ts";

/** What a rebuild found: how the live rows compare with those derived from the log up to `upto`. */
export interface Rebuilt {
  upto: number;
  tables: readonly TableComparison[];
  /** Whether live rows were replaced: they differed, and it was no dry run. */
  replaced: boolean;
}

export interface RebuildOptions {
  /** Only compares. */
  dry?: boolean;
  /** The name of the one model that is compared and replaced; all are derived, as some read others. */
  only?: string;
  /** Facts in one transaction. */
  page_size?: number;
  onProgress?: (pos: number, head: number) => void;
}

/** Thrown when another rebuild has begun: it has swept this one's tables away. */
export class RebuildOvertaken extends Error {
  override name = "RebuildOvertaken";
}

const PAGE_SIZE = 5_000;

interface Run {
  id: string;
  /** The schema of the live tables. */
  live: string;
  projections: readonly Projection[];
  /** Of these: what is compared and replaced. */
  wanted: readonly string[];
}

/** Derives `projections` again, compares row for row and, unless `dry`, mends what differs. */
export async function rebuildProjections(
  sql: postgres.Sql,
  projections: readonly Projection[],
  options: RebuildOptions = {},
): Promise<Rebuilt> {
  const { dry = false, page_size = PAGE_SIZE, onProgress, only } = options;
  const run = await beginRun(
    sql,
    projections,
    projections.filter(({ name }) => only === undefined || name === only)
      .flatMap(({ tables }) => tables),
  );
  try {
    for (let behind = true; behind;) {
      const { pos, head } = await followPage(sql, run, page_size);
      onProgress?.(pos, head);
      behind = pos < head;
    }
    const compared = await compareAll(sql, run);
    const replaced = !dry && compared.tables.some(({ differing }) => differing > 0);
    if (replaced) await replaceAll(sql, run);
    return { ...compared, replaced };
  } finally {
    // Where even this fails, the next run sweeps up; what went wrong before is what matters.
    await endRun(sql, run).catch(() => {});
  }
}

async function beginRun(
  sql: postgres.Sql,
  projections: readonly Projection[],
  wanted: readonly string[],
): Promise<Run> {
  const id = v4();
  const live = await transaction(sql, async (tx) => {
    await lockRuns(tx);
    const [at] = await tx<{ live: string }[]>`select current_schema() as live`;
    const live = at?.live ?? "public";
    await tx`drop schema if exists rebuild cascade`;
    await tx`create schema rebuild`;
    await tx`create table rebuild.run as select ${id}::uuid as id, 0::bigint as pos`;
    for (const table of projections.flatMap(({ tables }) => tables)) {
      await tx`create table rebuild.${tx(table)} (like ${tx(live)}.${tx(table)} including all)`;
    }
    return live;
  });
  return { id, live, projections, wanted };
}

/** One page further, model and bookmark in one transaction. */
async function followPage(sql: postgres.Sql, run: Run, page_size: number) {
  return await transaction(sql, async (tx) => {
    await enter(tx, run);
    return await follow(tx, run, page_size);
  });
}

/**
 * Compares at one moment of the log and holds nobody up: live models move in the transactions of
 * their facts, so within one snapshot they stand exactly where the head does.
 */
async function compareAll(sql: postgres.Sql, run: Run) {
  return await transaction(sql, async (tx) => {
    await enter(tx, run);
    const { pos } = await follow(tx, run);
    const tables: TableComparison[] = [];
    for (const table of run.wanted) {
      tables.push(await compareTable(tx, table, run.live, "rebuild"));
    }
    return { upto: pos, tables };
  }, "repeatable read");
}

/** Appends wait for this one: they take the head first, as it does. Readers do not. */
async function replaceAll(sql: postgres.Sql, run: Run): Promise<void> {
  await transaction(sql, async (tx) => {
    await tx`select pos from head for update`;
    await enter(tx, run);
    await follow(tx, run);
    // Every table: what was still right when compared may have been counted on from a wrong row.
    for (const table of run.wanted) {
      await replaceTable(tx, table, run.live, "rebuild");
    }
  });
}

async function endRun(sql: postgres.Sql, run: Run): Promise<void> {
  await transaction(sql, async (tx) => {
    await lockRuns(tx);
    if (await isOurs(tx, run)) await tx`drop schema rebuild cascade`;
  });
}

/** In this transaction only, the names of read models mean those of the run. */
async function enter(tx: postgres.TransactionSql, run: Run): Promise<void> {
  await tx`set local statement_timeout = 0`;
  if (!await isOurs(tx, run)) {
    throw new RebuildOvertaken("Cannot go on with this rebuild: another one has begun");
  }
  await tx`select set_config('search_path',
    'rebuild, ' || current_setting('search_path'), true)`;
}

/** Applies what the run has not seen yet, at most `facts_max` facts. */
async function follow(tx: postgres.TransactionSql, run: Run, facts_max = Infinity) {
  const [at] = await tx<{ pos: number; head: number }[]>`
    select run.pos::float8 as pos, head.pos::float8 as head from rebuild.run, head`;
  const { pos, head } = at ?? { pos: 0, head: 0 };
  const upto = Math.min(head, pos + facts_max);
  if (upto === pos) return { pos, head };
  for (const projection of run.projections) {
    await projection.apply(tx, { after: tx`${pos}::bigint`, upto: tx`${upto}::bigint` });
  }
  await tx`update rebuild.run set pos = ${upto}`;
  return { pos: upto, head };
}

/** Runs begin and end one after the other. */
async function lockRuns(tx: postgres.TransactionSql): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('amanita rebuild', 0))`;
}

/** Whether the schema is still this run's; if so, nobody else drops it in this transaction. */
async function isOurs(tx: postgres.TransactionSql, { id }: Run): Promise<boolean> {
  // Asked at once: between a look whether the table is there and this, it may be swept away.
  const rows = await tx`select 1 from rebuild.run where id = ${id}::uuid for update`
    .catch(noneWhereSwept);
  return rows.length === 1;
}

/** No rows, where the table is gone; Postgres then ends the transaction, in which nothing is left. */
function noneWhereSwept(error: unknown): readonly never[] {
  if (error instanceof Error && "code" in error && error.code === UNDEFINED_TABLE) return [];
  throw error;
}

const UNDEFINED_TABLE = "42P01";
