import type postgres from "postgres";

/** Every how many checkpoints old row versions are cleared away. */
const checkpointsPerVacuum = 60;

/**
 * Does what a server's own processes do beside the queries: checkpoints, so that the write-ahead
 * log stays short, and now and then a vacuum. Only if anything was written since.
 */
export function startMaintenance(sql: postgres.Sql, every_ms: number): { close(): Promise<void> } {
  let position = "";
  let checkpoints = 0;
  let work: Promise<void> = Promise.resolve();

  async function checkpoint(): Promise<void> {
    const before = await writtenUpTo(sql);
    if (before === position) return;
    if (++checkpoints % checkpointsPerVacuum === 0) await sql`vacuum (analyze)`.simple();
    await sql`checkpoint`.simple();
    position = await writtenUpTo(sql);
  }
  // The next query meets the same error and can report it better.
  const next = () => work = work.then(checkpoint).catch(() => {});
  const timer = setInterval(next, every_ms);
  return {
    async close() {
      clearInterval(timer);
      await next();
    },
  };
}

async function writtenUpTo(sql: postgres.Sql): Promise<string> {
  const [row] = await sql<{ lsn: string }[]>`select pg_current_wal_insert_lsn()::text as lsn`;
  return row?.lsn ?? "";
}
