/** Facts of a dialogue as such: what a person asked for that is about no card. */
import { z } from "zod";
import { CallId, fact } from "./fact.ts";
import { sensitive } from "./sensitive.ts";

/** One of the program's own words. */
const Word = sensitive(z.string(), "word");

/** They pressed start, with nothing to look at. */
export const Started = fact("Started", {});

/** They asked what the bot can do. */
export const HelpAsked = fact("HelpAsked", {});

/** They wanted out of what they were doing. */
export const Cancelled = fact("Cancelled", {});

/** The same by a maker, who is offered what else there is to do. */
export const CancelledByMaker = fact("CancelledByMaker", {});

/**
 * They sent what does not fit the moment. `kind` is what came, `expected` what the dialogue waits for,
 * `reason` what was wrong with it where it was of the right kind; never the text itself.
 */
export const InputRefused = fact("InputRefused", {
  kind: Word,
  expected: Word,
  reason: Word.nullable(),
});

/** The time that a timer was set to has come. */
export const TimerFired = fact("TimerFired", { callId: CallId });

const ChartId = sensitive(z.string(), "keep");

/** A newer chart took the dialogue over; `state` is what it goes on from. */
export const ChartUpgraded = fact("ChartUpgraded", {
  from: ChartId,
  to: ChartId,
  state: sensitive(z.json(), "state"),
});
