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

/** A maker opened the maker's menu of early days; an owner's had more in it. */
export const AdminOpened = fact("AdminOpened", { owner: z.boolean() }, [
  (data) => ({ ...data, owner: false }),
]);

/** A maker opened the maker's menu. */
export const MenuOpened = fact("MenuOpened", {});

/** A language that the bot speaks. */
export const Language = z.enum(["ru", "en"]);
export type Language = z.infer<typeof Language>;

/** They asked in which languages the bot speaks. */
export const LanguageAsked = fact("LanguageAsked", {});

/** They chose the language in which the bot speaks to them, wherever they meet. */
export const LanguageChosen = fact("LanguageChosen", { language: Language });

/** Somebody without the right to it reached for something of a maker's. */
export const AdminRefused = fact("AdminRefused", {});

/** A maker asked for the statistics. */
export const StatsAsked = fact("StatsAsked", {});

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
