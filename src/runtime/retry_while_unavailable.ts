import { delay } from "@std/async";
import { StoreUnavailable } from "../store/store_unavailable.ts";

export interface RetryWhileUnavailableOptions {
  /** Ends the waiting. */
  signal: AbortSignal;
  onUnavailable: (error: StoreUnavailable, again_ms: number) => void;
}

/** Does `work` again and again until the database answers; every other error is thrown. */
export type RetryWhileUnavailable = <Result>(work: () => Promise<Result>) => Promise<Result>;

const BACKOFF_MS = 100;
const BACKOFF_MAX_MS = 5_000;

/** Waits for a database that does not answer, for as long as `signal` lets it. */
export function openRetryWhileUnavailable(
  { signal, onUnavailable }: RetryWhileUnavailableOptions,
): RetryWhileUnavailable {
  return async (work) => {
    for (let tries = 0;; tries++) {
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof StoreUnavailable)) throw error;
        const backoff_ms = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** tries);
        const again_ms = Math.round(backoff_ms * (0.5 + Math.random() / 2));
        onUnavailable(error, again_ms);
        await delay(again_ms, { signal });
      }
    }
  };
}
