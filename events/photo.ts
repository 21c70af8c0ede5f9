/** Facts about pictures that people send: first they are provided, later found good or not. */
import { z } from "zod";
import { OwnWords } from "./card_name.ts";
import { Code } from "./code.ts";
import { CallId, fact } from "./fact.ts";
import { MessageNumber } from "./message.ts";
import { sensitive } from "./sensitive.ts";

/** A picture as Telegram holds it. `file_id` works for one bot only. `size` in bytes, where it is told. */
export const TelegramFile = z.strictObject({
  file_id: z.string().min(1),
  unique_id: z.string().min(1),
  size: z.int().nonnegative().nullable(),
});
export type TelegramFile = z.infer<typeof TelegramFile>;

/** Lower-case hex of the sha256 of a kept picture's bytes: its address. */
export const Sha256 = sensitive(z.hex().length(64), "sha256");

/** Words under a photo of a new card that may become its name; null where they are too long. */
const Caption = OwnWords.nullable().exactOptional();

/** A maker sent the photo of the card itself; `album` groups photos sent together. */
export const PhotoProvided = fact("PhotoProvided", {
  file: TelegramFile,
  album: z.string().nullable(),
  caption: Caption,
  message: MessageNumber.exactOptional(),
});

/** They put another picture into the message with the photo of the card. */
export const PhotoReplaced = fact("PhotoReplaced", { file: TelegramFile });

/** A maker sent the photo of the card in its package. */
export const PackagedPhotoProvided = fact("PackagedPhotoProvided", {
  file: TelegramFile,
  caption: Caption,
  message: MessageNumber.exactOptional(),
});

/** A maker has no photo of the package. */
export const PackagedPhotoSkipped = fact("PackagedPhotoSkipped", {});

/** The photo was fetched, found good, refitted and kept. */
export const PhotoKept = fact("PhotoKept", { callId: CallId, sha256: Sha256 });

/** The photo cannot be used. */
export const PhotoRefused = fact("PhotoRefused", {
  callId: CallId,
  reason: z.enum([
    "not_an_image",
    "heic",
    "too_big",
    "too_many_pixels",
    "too_narrow",
    "broken",
    "unavailable",
    "out_of_reach",
  ]),
});

/** What is wrong with a code that was typed. */
export const Mistake = z.strictObject({
  mistake: z.enum(["missing", "extra", "foreign"]),
  count: z.int().positive(),
  letters: z.string(),
});

/**
 * Somebody sent a picture on which there should be a card's QR code. `beside` are the codes in the
 * words under it; `mistake` is what is wrong with one there, where none is right.
 */
export const CodePhotoProvided = fact("CodePhotoProvided", {
  file: TelegramFile,
  message: MessageNumber.exactOptional(),
  beside: z.array(Code).min(1).exactOptional(),
  mistake: Mistake.exactOptional(),
});

/** Too many pictures of this person wait to be looked at: this one never will be. */
export const CodePhotoDeclined = fact("CodePhotoDeclined", {});

/** The picture carries the code of a card. */
export const CodeRead = fact("CodeRead", { callId: CallId, code: Code });

/** How many codes of one message are looked up: as many as one update may ask for. */
export const CODES_MAX = 8;

/** Codes that came together, each once, and how many there were. */
export const SeveralCodes = {
  codes: z.array(Code).min(2).max(CODES_MAX),
  found: z.int().min(2),
};

/** The picture, or it and the words under it, carry codes of several cards. */
export const SeveralCodesRead = fact("SeveralCodesRead", { callId: CallId, ...SeveralCodes });

/**
 * There was a picture, and no code on it: it counts as a miss. Absent where none was to be had, and
 * in facts of the time when it did not.
 */
export const Missed = z.literal(true).exactOptional();

/** The picture carries no code of ours. */
export const CodeUnreadable = fact("CodeUnreadable", {
  callId: CallId,
  missed: Missed,
  reason: z.enum([
    "no_code",
    "foreign",
    "mistyped",
    "not_an_image",
    "heic",
    "too_big",
    "too_hard",
    "unavailable",
    "out_of_reach",
  ]),
});
