/** Anything that a person may do in a dialogue, for property-based tests. */
import fc from "fast-check";
import { groupCode } from "../../events/code.ts";
import type { Action, Input } from "../../machines/flow/input.ts";
import { CODE, file, MISTYPED, OTHER_CODE, PERSON } from "./samples.ts";

const number = fc.integer({ min: 1, max: 3 });
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constantFrom("issue", "list", "stats", "skip", "cancel", "makers", "invite"),
  }),
  fc.record({ do: fc.constantFrom("maker", "dismiss"), maker: fc.constant(PERSON) }),
  fc.record({ do: fc.constant("speak"), language: fc.constantFrom("ru", "en") }),
  fc.record({ do: fc.constantFrom("batch", "search", "export") }),
  fc.record({ do: fc.constantFrom("look", "withdraw", "confirm", "restore"), number }),
  fc.record({ do: fc.constantFrom("labels", "batch_labels", "history", "correct"), number }),
  fc.record({
    do: fc.constant("amend"),
    part: fc.constantFrom("name", "description", "original", "packaged"),
  }),
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
const names = fc.oneof(fc.constantFrom("start", "help", "admin", "cancel", "batch"), fc.string());
const starts = fc.oneof(codes.map((code) => `v_${code}`), number.map((it) => `c_${it}`));
const picture = fc.record({
  kind: fc.constantFrom("photo", "image_file"),
  file: fc.constantFrom("one", "two").map(file),
  album: fc.option(fc.constantFrom("album", "other")),
});

/** Any input; what means something comes more often than what does not. */
export const anyInput: fc.Arbitrary<Input> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("tap"), action }) },
  { weight: 3, arbitrary: picture },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("text"), text: words }) },
  fc.record({ kind: fc.constant("command"), name: names, argument: fc.string() }),
  fc.record({ kind: fc.constant("command"), name: fc.constant("start"), argument: starts }),
  fc.record({ kind: fc.constant("other"), what: fc.constantFrom("sticker", "voice") }),
  fc.constant({ kind: "tap", action: null }),
);
