/** What every dialogue remembers: the ask that is out, and what it was for. */
import { callOf, type RecordedFact } from "./recorded_fact.ts";

/** The ask that is out, by its call, and the intent that it serves. */
export type AskMemory = { asked: { callId: string; intent: string } | null };

/** No ask is out. */
export const noAskPending: AskMemory = { asked: null };

/** Guards of every flow. */
export const kitGuards = {
  /** The fact answers the ask that is out. */
  isAsked: ({ context, event }: { context: AskMemory; event: RecordedFact }): boolean =>
    context.asked?.callId === callOf(event),
  /** A refused input came amid the questions of a wizard: the fold of all flows knows of which. */
  isAmidQuestions: (): boolean => false,
};
