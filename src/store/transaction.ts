import type postgres from "postgres";
import { logOf } from "../base/log.ts";
import { reportLoss } from "./healing_pool.ts";
import { StoreUnavailable, throwStoreError } from "./store_unavailable.ts";

/** Work within a transaction, as postgres.js gives it. */
export type Work<T> = (tx: postgres.TransactionSql) => Promise<T>;

/**
 * Runs `work` in one transaction, of `isolation` if that is told; use it instead of `sql.begin`.
 * Throws StoreUnavailable where the database went away or cannot work now.
 *
 * On a connection that is lost, postgres.js still writes: the rollback after a failure, and what
 * `work` asks next. That ends the process, or reaches the next user of the connection after it was made
 * anew. So neither happens here: the loss itself ends the transaction, and `tx` with it.
 */
export async function transaction<T>(
  sql: postgres.Sql,
  work: Work<T>,
  isolation: "read committed" | "repeatable read" = "read committed",
): Promise<T> {
  let over = false;
  const begun = performance.now();
  try {
    const done = await sql.begin(`isolation level ${isolation}`, async (tx) => {
      try {
        return { value: await work(until(() => over, tx)) };
      } catch (error) {
        if (!over && !endsConnection(error)) throw error;
        return await new Promise<never>(() => {});
      }
    });
    const ms = Math.round(performance.now() - begun);
    logOf("store").trace("Transaction committed after {ms} ms", { ms });
    return done.value;
  } catch (error) {
    if (endsConnection(error)) reportLoss(sql, "queries");
    throwStoreError(error);
  } finally {
    over = true;
  }
}

/** `tx`, which refuses to ask anything once it is `over`. */
function until(over: () => boolean, tx: postgres.TransactionSql): postgres.TransactionSql {
  return new Proxy(tx, {
    apply(target, self, args) {
      if (over()) throw new StoreUnavailable("The transaction is over: its connection was lost");
      return Reflect.apply(target, self, args);
    },
  });
}

/** Codes of postgres.js and of the system for a connection that is gone. */
const lost = /^(CONNECTION_(CLOSED|DESTROYED|ENDED)|ECONN\w+|EPIPE|ETIMEDOUT|ENOTCONN)$/;

/** Whether after this error the connection is gone. */
export function endsConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const severity = "severity" in error ? error.severity : undefined;
  return severity === "FATAL" || severity === "PANIC" ||
    ("code" in error && lost.test(String(error.code)));
}
