import postgres from "postgres";
import { reportLoss } from "./healing_pool.ts";
import { throwStoreError } from "./store_unavailable.ts";
import { endsConnection } from "./transaction.ts";

/**
 * postgres.js holds back what is shorter until the event loop comes round, and in that turn another
 * batch's replies may be worked on: so the last word is as long, and takes along what waits.
 */
const SENT_AT_ONCE_BYTES = 1_024;

/**
 * Runs statements in one transaction that goes over in one piece, from `begin` to `commit`, so that
 * its locks are held for the server's time only and never while this process is busy elsewhere
 * (but where a statement is new to its connection, or more than the socket takes at once).
 * `work` must execute its queries before it returns. Throws StoreUnavailable like `transaction`.
 */
export async function pipelined<Result>(
  sql: postgres.Sql,
  work: (tx: postgres.ISql) => Promise<Result>,
): Promise<Result> {
  const report = (error: unknown): never => {
    if (endsConnection(error)) reportLoss(sql, "reservations");
    throwStoreError(error);
  };
  const connection = await sql.reserve().catch(report);
  const begun = connection`begin`.execute();
  const worked = work(connection);
  // After a statement that failed, Postgres takes the commit for a rollback.
  const committed = connection.unsafe("commit".padEnd(SENT_AT_ONCE_BYTES)).execute();
  const settled = await settle([begun, worked, committed]).catch(report);
  connection.release();
  const failed = settled.find((result) => result.status === "rejected");
  if (failed) throwStoreError(failed.reason);
  return await worked;
}

/** What Postgres answers to whatever comes after the statement that failed. */
const BEHIND_A_FAILURE = "25P02";

/**
 * The answer to a statement that another was sent before: where that has failed, it is that one which
 * tells why, and this never settles.
 */
export function unlessFailedBefore<Result>(answer: Promise<Result>): Promise<Result> {
  return answer.catch((error) => {
    if (error instanceof postgres.PostgresError && error.code === BEHIND_A_FAILURE) return never();
    throw error;
  });
}

/**
 * How each ended; throws as soon as one has lost the connection, since those that wait behind it
 * are never answered. A lost connection leaves its reservation by itself, and must not come back.
 */
async function settle(all: readonly Promise<unknown>[]): Promise<PromiseSettledResult<unknown>[]> {
  const losses = all.map((one) =>
    one.then(never, (error) => {
      if (endsConnection(error)) throw error;
      return never();
    })
  );
  return await Promise.race([Promise.allSettled(all), ...losses]);
}

function never(): Promise<never> {
  return new Promise(() => {});
}
