import { contrastingBackground } from "../base/contrasting_background.ts";
import { endJpeg } from "../base/end_jpeg.ts";
import { PHOTO_PIXELS_MAX } from "./examine_photo.ts";

/** Rows of 8-bit sRGB or grey, without transparency. */
export type PhotoPixels = {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
};

/** Why there are no pixels: it is damaged, or it takes longer than anybody shall wait for it. */
export type Undecoded = { refused: "broken" | "too_hard" };

/** 50 megapixels of the hardest kind take a third of it on one slow core. */
const LIMIT_S = 10;

/**
 * A stranger's picture as pixels, upright, fitted into `side` px; where it was transparent, on
 * white, or on black where it is white itself. One that only lacks its end marker is not damaged.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  side: number,
): Promise<PhotoPixels | Undecoded> {
  try {
    // "error" refuses a file cut short, and forgives the quirks that many phones write.
    return await decode(bytes, side, "error");
  } catch (error) {
    if (isTooLate(error)) return { refused: "too_hard" };
    const ended = endJpeg(bytes);
    if (ended === null) return { refused: "broken" };
    return await decode(ended, side, "warning").catch(refusalOf);
  }
}

const refusalOf = (error: unknown): Undecoded => ({
  refused: isTooLate(error) ? "too_hard" : "broken",
});

/** As sharp says it. */
const isTooLate = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("timeout:");

async function decode(
  bytes: Uint8Array,
  side: number,
  failOn: "error" | "warning",
): Promise<PhotoPixels> {
  const { sharp } = await import("./pixels.ts");
  const { data, info } = await sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX, failOn })
    .timeout({ seconds: LIMIT_S })
    .autoOrient()
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 2 && channels !== 4) return { data, width, height, channels };
  const flat = await sharp(data, { raw: { width, height, channels } })
    .flatten({ background: contrastingBackground(data, channels) })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data: flat.data, width, height, channels: flat.info.channels };
}
