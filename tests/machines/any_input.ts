/** Anything that a person may do in a dialogue, for property-based tests. */
import fc from "fast-check";
import { z } from "zod";
import { groupCode } from "../../events/code.ts";
import { CardNumber } from "../../events/card.ts";
import { flows } from "../../machines/dialogue.ts";
import type { Action, Input } from "../../machines/flow/input.ts";
import { arbitraryOf, type Known } from "../events/arbitrary_of.ts";
import { commandNames, startBeginnings } from "./every_input.ts";
import { CODE, file, MISTYPED, OTHER_CODE, sha } from "./samples.ts";

// Few of each, so that the same are met again.
const number = fc.integer({ min: 1, max: 3 });
const known: Known = new Map<z.core.$ZodType, fc.Arbitrary<unknown>>([[CardNumber, number]]);

/** A tap's action: any button of any flow. */
export const anyAction: fc.Arbitrary<Action> = fc.oneof(
  ...flows.flatMap(({ buttons = [] }) => buttons).map(({ name, fields }) =>
    arbitraryOf(z.object({ do: z.literal(name), ...fields }), known, name)
      .map((made) => ({ do: name, ...Object(made) }))
  ),
);

const codes = fc.constantFrom(CODE, OTHER_CODE, MISTYPED, groupCode(CODE));
const words = fc.oneof(
  codes,
  fc.string(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "Winter sea",
    "Oil, 1999",
    "2",
    "24",
    "501",
    "a".repeat(701),
    "a".repeat(121),
    " ",
    "\u200b",
  ),
);
const names = fc.oneof(fc.constantFrom(...commandNames), fc.string());
const starts = fc.tuple(
  fc.constantFrom(...startBeginnings),
  fc.oneof(codes, number.map(String), fc.constant(sha("d")), fc.string()),
).map((parts) => parts.join("_"));
const picture = fc.record({
  kind: fc.constantFrom("photo", "image_file"),
  file: fc.constantFrom("one", "two").map(file),
  album: fc.option(fc.constantFrom("album", "other")),
});

/** Any input; what means something comes more often than what does not. */
export const anyInput: fc.Arbitrary<Input> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("tap"), action: anyAction }) },
  { weight: 3, arbitrary: picture },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("text"), text: words }) },
  fc.record({ kind: fc.constant("command"), name: names, argument: fc.string() }),
  fc.record({ kind: fc.constant("command"), name: fc.constant("start"), argument: starts }),
  fc.record({ kind: fc.constant("other"), what: fc.constantFrom("sticker", "voice") }),
  fc.constant({ kind: "tap", action: null }),
);
