/** How the polling goes, as /health tells it: by this process, or by another of the same database. */
import type { ProcessLease } from "../runtime/process_lease.ts";

/** Two pollers throw each other out in turn: between, each is answered. */
const CONTESTED_MS = 30_000;

/** Keeps when Telegram last answered a poll, and when it last refused one for another poller's. */
export function openPollState(
  lease: Pick<ProcessLease, "mayPoll" | "answered" | "wasAnswered">,
  now: () => number = Date.now,
) {
  let polled_at: number | null = null;
  let contested_at = -Infinity;
  return {
    polled_at: () => polled_at,
    is_contested: () => now() - contested_at < CONTESTED_MS,
    async mayPoll(): Promise<boolean> {
      if (await lease.mayPoll()) return true;
      // One process of ours has taken over from another.
      contested_at = -Infinity;
      if (await lease.wasAnswered()) polled_at = now();
      return false;
    },
    onAnswer(): void {
      polled_at = now();
      lease.answered();
    },
    onConflict: () => void (contested_at = now()),
  };
}
