import { catalogues } from "../../src/flows/catalogues.ts";
import { locales } from "../../src/locales/locales.ts";

/** What a wrong input is answered: each kind where it does not fit, and each reason. */
export function refusalTable(): string {
  const cases = expectations.flatMap((expected) => [
    ...kinds.map((kind) => ({ kind, expected, reason: null })),
    ...reasons.map((reason) => ({ kind: "text", expected, reason })),
  ]);
  return locales.flatMap((locale) =>
    cases.map((refused) => {
      const said = catalogues[locale].text("input_refused", refused);
      return `${locale} ${refused.kind} for ${refused.expected}, ${refused.reason}: ${said}`;
    })
  ).join("\n");
}

const kinds = [
  ...["command", "text", "photo", "image_file", "tap", "sticker", "voice", "video", "video_note"],
  ...["audio", "animation", "document", "location", "contact", "poll", "dice", "story", "gift"],
];
const expectations = [
  ...["code", "photo", "patience", "name", "description", "packaged", "copies", "part"],
  ...["new_packaged", "query", "reason", "confirmation", "nothing_known"],
];
const reasons = [
  ...["too_long", "empty", "not_now", "third_photo", "no_number", "out_of_range"],
  ...["outdated", "batch_awaited", "paused", "nothing_known"],
];
