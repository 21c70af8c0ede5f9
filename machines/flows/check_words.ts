/** What is said of codes, and of what is no code. */
import { z } from "zod";
import { CodeRefused } from "../../events/card.ts";
import { CodeUnreadable, Mistake } from "../../events/photo.ts";
import { defineWords } from "../flow/words.ts";

export const words = defineWords({
  texts: {
    code_mistyped: {},
    code_unknown: {},
    code_no_code: {},
    code_foreign: {},
    code_not_an_image: {},
    code_heic: {},
    code_too_big: {},
    code_too_hard: {},
    code_unavailable: {},
    code_out_of_reach: {},
    code_missing: { count: z.number() },
    code_extra: { count: z.number() },
    code_foreign_letters: { count: z.number(), letters: z.string() },
    several_codes: { found: z.number(), read: z.number(), ends: z.string() },
    one_unknown: { end: z.string() },
    too_many_pictures: { taken: z.number() },
    checking_paused: { seconds: z.number() },
    checking_resumed: {},
  },
  expects: ["code"],
  refusals: ["paused"],
});

type CodeTrouble = z.infer<typeof CodeUnreadable.schema | typeof CodeRefused.schema>["reason"];

/** Says why there is no code. */
export const sayRefused = {
  type: "say",
  params: ({ event: { reason } }: { event: { reason: CodeTrouble } }) =>
    words.say(`code_${reason}`, {}),
} as const;
/** Says how something differs from a code. */
export const sayMistyped = {
  type: "say",
  params: ({ event: { mistake, count, letters } }: { event: z.infer<typeof Mistake> }) =>
    mistake === "foreign"
      ? words.say("code_foreign_letters", { count, letters })
      : words.say(`code_${mistake}`, { count }),
} as const;
