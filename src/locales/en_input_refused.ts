/** What to answer to an input that does not fit: what was wrong, then what would fit. */
import type { Catalogue } from "./ru.ts";

export const inputRefused: Catalogue["texts"]["input_refused"] = ({ kind, expected, reason }) => {
  const wrong = reason === null
    ? wrongKind(kind, expected)
    : wrongInItself.get(`${expected}:${reason}`) ?? wrongInItself.get(reason);
  return [wrong, hintless.has(reason ?? "") ? undefined : hints.get(expected) ?? codeHint]
    .filter((sentence) => sentence !== undefined)
    .join(" ");
};

const codeHint = "To check a card, send a photo of its QR code or type the code below it: 20 " +
  "letters and digits. More: /help";

/** What would fit, by what the dialogue waits for. */
const hints: ReadonlyMap<string, string> = new Map([
  ["code", codeHint],
  ["photo", "Send a photo of the item: JPEG, PNG or WebP, up to 20 MB. Changed your mind? /cancel"],
  ["patience", "One moment: I am checking the photo."],
  ["name", "I am waiting for the name: just type it, up to 80 characters. To stop: /cancel"],
  [
    "description",
    "I am waiting for the description: just type it, up to 700 characters. To stop: /cancel",
  ],
  ["packaged", "I am waiting for a photo of the item in its package. None? Tap “Skip”."],
  ["copies", "I am waiting for the size of the batch: a number from 2 to 500. To stop: /cancel"],
  ["part", "Choose what to correct, or tap “Cancel”."],
  ["new_packaged", "Send a photo in the package: JPEG, PNG or WebP, up to 20 MB. To stop: /cancel"],
  ["query", "Tell me what to look for: a card’s number, or words. To stop: /cancel"],
  ["reason", "I am waiting for the reason: type it, up to 120 characters. To stop: /cancel"],
  ["confirmation", "Tap “Yes, withdraw” or “Cancel”."],
]);

/** Of the right kind but wrong, by "expected:reason" or by the reason alone. */
const wrongInItself: ReadonlyMap<string, string> = new Map([
  ["too_long", "That is too long, please shorten it."],
  ["name:too_long", "The name is longer than 80 characters, please shorten it."],
  ["description:too_long", "The description is longer than 700 characters, please shorten it."],
  ["reason:too_long", "The reason is longer than 120 characters, please shorten it."],
  ["empty", "There is not a single visible character in it."],
  ["not_now", "No photo is needed at this point."],
  ["third_photo", "Two photos are enough, so I left this one out."],
  ["no_number", "That is not a whole number."],
  ["out_of_range", "A batch cannot have that many cards."],
  ["outdated", "This button no longer works."],
  ["batch_awaited", "The batch is still being issued: wait a moment."],
  ["paused", "Checks are paused: wait a minute, I will tell you when they go on."],
]);

/** Reasons that say all there is to say. */
const hintless: ReadonlySet<string> = new Set(["paused", "batch_awaited"]);

/** Nouns for what came, where it never fits anything. */
const nouns: ReadonlyMap<string, string> = new Map([
  ["sticker", "A sticker"],
  ["voice", "A voice message"],
  ["video", "A video"],
  ["video_note", "A video message"],
  ["audio", "Music"],
  ["animation", "A GIF"],
  ["document", "A file of this kind"],
  ["location", "A location"],
  ["contact", "A contact"],
  ["poll", "A poll"],
  ["dice", "A die"],
  ["story", "A story"],
]);

function wrongKind(kind: string, expected: string): string | undefined {
  switch (kind) {
    case "command":
      return "There is no such command.";
    case "text":
      if (expected === "code") return "That does not look like the code of a card.";
      return expected === "patience" ? undefined : "Text is of no use here.";
    case "photo":
    case "image_file":
      return expected === "patience" ? "I have a photo already." : "A photo is of no use here.";
    default: {
      const noun = nouns.get(kind);
      return noun === undefined ? "I cannot read such a message." : `${noun} is of no use here.`;
    }
  }
}
