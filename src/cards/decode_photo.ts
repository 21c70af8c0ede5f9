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

/**
 * A stranger's picture as pixels, upright, fitted into `side` px; where it was transparent, on
 * white, or on black where it is white itself. `undefined` if it is damaged; one that only lacks
 * its end marker is not.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  side: number,
): Promise<PhotoPixels | undefined> {
  try {
    // "error" refuses a file cut short, and forgives the quirks that many phones write.
    return await decode(bytes, side, "error");
  } catch {
    const ended = endJpeg(bytes);
    return ended === null ? undefined : await decode(ended, side, "warning").catch(() => undefined);
  }
}

async function decode(
  bytes: Uint8Array,
  side: number,
  failOn: "error" | "warning",
): Promise<PhotoPixels> {
  const { sharp } = await import("./pixels.ts");
  const { data, info } = await sharp(bytes, { limitInputPixels: PHOTO_PIXELS_MAX, failOn })
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
