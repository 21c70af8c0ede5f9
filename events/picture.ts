/** Facts about pictures from the web: that they are here to be shown, or why they are not. */
import { z } from "zod";
import { CallId, fact } from "./fact.ts";
import { Sha256 } from "./photo.ts";

/** As many as one message shows. */
export const PICTURES_MAX = 10;

/** What a product is called where it comes from. */
export const ProductId = z.string().min(1).max(200);

/** Which of a product's pictures, from 0 on; its URL can hold a secret, and is told nowhere. */
export const PictureIndex = z.int().min(0).max(PICTURES_MAX - 1);

/** A picture that is here: its bytes by their sha256. */
const Picture = { index: PictureIndex, sha256: Sha256, type: z.enum(["jpg", "png", "webp"]) };

/** Why a picture is not here. `late`: not yet; it may be when it is asked for again. */
export const PictureReason = z.enum([
  "late",
  "unknown",
  "not_there",
  "not_a_picture",
  "too_large",
  "unreachable",
  "forbidden",
  "failed",
]);
export type PictureReason = z.infer<typeof PictureReason>;

const Missing = z.array(z.strictObject({ index: PictureIndex, reason: PictureReason }))
  .max(PICTURES_MAX);
const group = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.array(z.strictObject(shape)).min(1).max(PICTURES_MAX);

/** Pictures of a product are here, each as its origin has it; `missing` are those that are not. */
export const PictureFetched = fact("PictureFetched", {
  callId: CallId,
  product: ProductId,
  pictures: group(Picture),
  missing: Missing,
});

/** The same, but some are shown as they were: their origin does not answer. */
export const PictureServedStale = fact("PictureServedStale", {
  callId: CallId,
  product: ProductId,
  pictures: group({ ...Picture, stale: z.literal(true).exactOptional() }),
  missing: Missing,
});

/** None of the pictures is here; `reason` is that of the first. */
export const PictureFailed = fact("PictureFailed", {
  callId: CallId,
  product: ProductId,
  reason: PictureReason,
  missing: Missing,
});
