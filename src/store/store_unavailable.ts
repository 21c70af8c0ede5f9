/** Thrown when the database cannot be reached or cannot work now: nothing is wrong with the request. */
export class StoreUnavailable extends Error {
  override name = "StoreUnavailable";
}

const passing = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now
  "57014", // query_canceled: statement_timeout
  "40001", // serialization_failure
  "40P01", // deadlock_detected
]);

/** `error` as StoreUnavailable where another try may go through, else as it is. */
function storeError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof StoreUnavailable) return error;
  const code = "code" in error ? String(error.code) : "";
  // Class 08 is about connections, class 53 about resources that may come back.
  if (!passing.has(code) && !/^(08|53)/.test(code)) return error;
  return new StoreUnavailable(`The database does not answer (${code}): ${error.message}`, {
    cause: error,
  });
}

/** For `.catch`: throws `error`, as StoreUnavailable where that is what it means. */
export function throwStoreError(error: unknown): never {
  throw storeError(error);
}
