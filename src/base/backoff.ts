const BACKOFF_MS = 500;
const BACKOFF_MAX_MS = 60_000;

/** Milliseconds before another try: exponential, full jitter; `attempts` counts failures, from 0. */
export function backoff(attempts: number, chance: number = Math.random()): number {
  return Math.ceil(chance * Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** Math.min(attempts, 30)));
}
