/** What every dialogue remembers: the ask that is out, and what it was for. */
import { callOf, type Happened } from "./happened.ts";

export type Asking = { asked: { callId: string; intent: string } | null };

/** Guards of every flow. */
export const kitGuards = {
  /** The fact answers the ask that is out. */
  isAsked: ({ context, event }: { context: Asking; event: Happened }) =>
    context.asked?.callId === callOf(event),
};

/** The answer to an ask is there, or will never be. */
export const askedNothing: Asking = { asked: null };
