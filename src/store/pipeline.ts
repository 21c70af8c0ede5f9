import type postgres from "postgres";
import { throwStoreError } from "./store_unavailable.ts";
import { endsConnection } from "./transaction.ts";

/**
 * Runs statements in one transaction that goes over in one piece, from `begin` to `commit`, so that
 * its locks are held for the server's time only and never while this process is busy elsewhere.
 * `work` must execute its queries before it returns. Throws StoreUnavailable like `transaction`.
 */
export async function pipelined<Result>(
  sql: postgres.Sql,
  work: (tx: postgres.ISql) => Promise<Result>,
): Promise<Result> {
  const connection = await sql.reserve().catch(throwStoreError);
  const begun = connection`begin`.execute();
  const worked = work(connection);
  // After a statement that failed, Postgres takes the commit for a rollback.
  const committed = connection`commit`.execute();
  const settled = await Promise.allSettled([begun, worked, committed]);
  const failed = settled.find((result): result is PromiseRejectedResult =>
    result.status === "rejected"
  );
  // A lost connection has left the reservation by itself, and must not come back.
  if (!failed || !endsConnection(failed.reason)) connection.release();
  if (failed) throwStoreError(failed.reason);
  return await worked;
}
