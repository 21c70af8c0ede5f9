import type { Place } from "../../events/envelope.ts";
import type { Input } from "../../machines/flow/input.ts";

/** One update of Telegram's, understood: who did what in which dialogue. Plain JSON. */
export interface Incoming {
  /** `update:<bot>:<update id>`: applied once. */
  cause: string;
  stream: string;
  person: string;
  input: Input;
  /** In ms. */
  at: number;
  /** The tap's callback query, which must be answered. */
  query: string | null;
  /** Where it was said, where that is more than the stream tells. */
  place?: Place;
}

/**
 * How an update or answer was handled. Stale: the dialogue no longer waits for it. Lost: it failed,
 * and so did keeping it.
 */
export type Handled = "applied" | "duplicate" | "stale" | "failed" | "lost";
