import type postgres from "postgres";
import { throwStoreError } from "../../store/store_unavailable.ts";

/** `n` streams by chance, or all where there are fewer. */
export async function sampleStreams(sql: postgres.Sql, n: number): Promise<string[]> {
  const rows = await sql<{ stream: string }[]>`
    select stream from streams order by random() limit ${n}`.catch(throwStoreError);
  return rows.map(({ stream }) => stream);
}
