import type { Fact } from "../../events/facts.ts";

/** A fact as a chart takes it: with its time, in ms, and its place in its stream. */
export type RecordedFact = Fact & { at: number; version: number };

/** The first call that the fact gives rise to; see `CallId`. */
export const firstCall = (event: { version: number }): string => `${event.version}:0`;

/** The call that an answer names, if it is one. */
export const callOf = (event: RecordedFact): string | null =>
  "callId" in event ? event.callId : null;
