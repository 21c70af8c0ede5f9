/** Waits `duration_ms`, or until `signal` aborts; which of the two is for the caller to look at. */
export function sleep(duration_ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", finish);
      resolve();
    };
    const timer = setTimeout(finish, duration_ms);
    signal.addEventListener("abort", finish);
  });
}
