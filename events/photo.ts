/** Facts about pictures that people send: first they are provided, later found good or not. */
import { z } from "zod";
import { Code } from "./code.ts";
import { CallId, fact } from "./fact.ts";
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

/** A maker sent the photo of the card itself; `album` groups photos sent together. */
export const PhotoProvided = fact("PhotoProvided", {
  file: TelegramFile,
  album: z.string().nullable(),
});

/** A maker sent the photo of the card in its package. */
export const PackagedPhotoProvided = fact("PackagedPhotoProvided", { file: TelegramFile });

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

/** Somebody sent a picture on which there should be a card's QR code. */
export const CodePhotoProvided = fact("CodePhotoProvided", { file: TelegramFile });

/** The picture carries the code of a card. */
export const CodeRead = fact("CodeRead", { callId: CallId, code: Code });

/** The picture carries no code of ours. */
export const CodeUnreadable = fact("CodeUnreadable", {
  callId: CallId,
  reason: z.enum([
    "no_code",
    "foreign",
    "mistyped",
    "not_an_image",
    "heic",
    "too_big",
    "unavailable",
    "out_of_reach",
  ]),
});
