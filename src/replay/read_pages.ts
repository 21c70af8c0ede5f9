/** The log in pages, stream by stream, so that whoever reads it needs to remember one stream only. */
import type postgres from "postgres";
import type { EventRow } from "../store/event_row.ts";
import { eventColumns } from "../store/log.ts";
import { throwStoreError } from "../store/store_unavailable.ts";

/** Rows in the order of streams and versions. */
export type Pages = AsyncIterable<readonly EventRow[]>;

export interface PagesOptions {
  /** These only; all streams unless told. */
  streams?: readonly string[];
  /** Facts up to this position. */
  upto?: number;
  /** Rows read at once. */
  page_size?: number;
}

const PAGE_SIZE = 2_000;

/** Short reads by key, so that no snapshot is held for long and memory stays as it is. */
export async function* readPages(
  sql: postgres.Sql,
  { streams, upto = Number.MAX_SAFE_INTEGER, page_size = PAGE_SIZE }: PagesOptions = {},
): AsyncGenerator<EventRow[], void> {
  let after = { stream: "", version: 0 };
  for (;;) {
    const some = streams ? sql`and stream = any(${[...streams]})` : sql``;
    const rows = await sql<EventRow[]>`
      select ${sql.unsafe(eventColumns)} from events
      where (stream, version) > (${after.stream}, ${after.version}) and pos <= ${upto} ${some}
      order by stream, version limit ${page_size}`.catch(throwStoreError);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < page_size) return;
    after = last;
  }
}

/** All facts of one stream up to `version`, in order. */
export async function readStream(
  sql: postgres.Sql,
  stream: string,
  version = 2 ** 31 - 1,
): Promise<EventRow[]> {
  return await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from events
    where stream = ${stream} and version <= ${version} order by version`.catch(throwStoreError);
}

/** Position of the newest fact, and how many facts `streams` have up to it. */
export async function measureLog(
  sql: postgres.Sql,
  streams?: readonly string[],
): Promise<{ head: number; facts: number }> {
  const some = streams ? sql`where stream = any(${[...streams]})` : sql``;
  const [row] = await sql<{ head: number; facts: number }[]>`
    select (select coalesce(max(pos), 0) from events)::float8 as head,
      count(*)::float8 as facts from events ${some}`.catch(throwStoreError);
  return row ?? { head: 0, facts: 0 };
}
