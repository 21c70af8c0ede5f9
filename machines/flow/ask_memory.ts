/** What every dialogue remembers: the pending ask, and what it is for. */
import { callOf, type RecordedFact } from "./recorded_fact.ts";

/** The pending ask by its call, and the intent that it serves. */
export type AskMemory = { asked: { callId: string; intent: string } | null };

/** No ask is pending. */
export const noAskPending: AskMemory = { asked: null };

/** Guards of every flow. */
export const kitGuards = {
  /** The fact answers the pending ask. */
  isAsked: ({ context, event }: { context: AskMemory; event: RecordedFact }): boolean =>
    context.asked?.callId === callOf(event),
  /** A refused input came amid a wizard's questions; `foldFlows` replaces this guard. */
  isAmidQuestions: (): boolean => false,
};
