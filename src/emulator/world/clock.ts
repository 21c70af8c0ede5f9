/** How far this Telegram's clock may be from the machine's. */
import { PersonError } from "../model/person_error.ts";

/** Dates of messages have 32 bits. */
export const clock_offset_max_ms = 10 * 365 * 24 * 3600 * 1000;

/** The offset, moved. Throws a `PersonError` when that is too far. */
export function movedClock(offset_ms: number, by_ms: number): number {
  const moved_ms = offset_ms + by_ms;
  if (Math.abs(moved_ms) <= clock_offset_max_ms) return moved_ms;
  throw new PersonError(
    `Cannot move the clock by ${by_ms} ms: advance_ms leads more than ten years away`,
  );
}
