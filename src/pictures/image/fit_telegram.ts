/** Makes of a picture one that Telegram takes as a photo; what it takes anyway stays untouched. */
import { contrastingBackground } from "../../base/contrasting_background.ts";
import { endJpeg } from "../../base/end_jpeg.ts";
import type { PictureInfo } from "../../../machines/picture.ts";

const BYTES_MAX = 10_000_000;
/** Width and height together. */
const SIDES_MAX = 10_000;
const RATIO_MAX = 20;
/** From the best to the one that fits whatever it shows. */
const STEPS = [
  { side: 4_096, quality: 88 },
  { side: 2_560, quality: 80 },
  { side: 1_600, quality: 70 },
];
const WHITE = "#ffffff";
/** Enough of a picture to tell what is drawn there. */
const GLANCE = 512;

export function fitsTelegram({ size, width, height }: PictureInfo): boolean {
  const ratio = Math.max(width, height) / Math.min(width, height);
  return size <= BYTES_MAX && width + height <= SIDES_MAX && ratio <= RATIO_MAX;
}

/**
 * A JPEG of at most 4096 px a side, upright, with margins where it was too narrow; these and what
 * was transparent are white, or black where the picture is white itself. Decoded and written by
 * sharp's own threads. Rejects when it cannot be decoded; a JPEG that only lacks its end can.
 */
export async function fitTelegram(bytes: Uint8Array, pixels_max: number): Promise<Uint8Array> {
  try {
    return await fit(bytes, { limitInputPixels: pixels_max, failOn: "error" });
  } catch (error) {
    const ended = endJpeg(bytes);
    if (ended === null) throw error;
    return await fit(ended, { limitInputPixels: pixels_max, failOn: "warning" });
  }
}

interface Limits {
  limitInputPixels: number;
  failOn: "error" | "warning";
}

async function fit(bytes: Uint8Array, limits: Limits): Promise<Uint8Array> {
  const { sharp } = await import("./pixels.ts");
  const { autoOrient, hasAlpha } = await sharp(bytes, limits).metadata();
  const background = hasAlpha ? await backgroundOf(bytes, limits) : WHITE;
  for (const { side, quality } of STEPS) {
    const { width, height, margin } = frameOf(autoOrient, side);
    const jpeg = await sharp(bytes, limits).autoOrient()
      .resize({ width, height, fit: "fill" })
      .extend({ ...margin, background })
      .flatten({ background })
      .toColourspace("srgb")
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.length <= BYTES_MAX) return jpeg;
  }
  throw new Error(`Cannot fit ${autoOrient.width} × ${autoOrient.height} into ${BYTES_MAX} bytes`);
}

async function backgroundOf(bytes: Uint8Array, limits: Limits): Promise<string> {
  const { sharp } = await import("./pixels.ts");
  const pixels = await sharp(bytes, limits)
    .resize({ width: GLANCE, height: GLANCE, fit: "inside", withoutEnlargement: true })
    .toColourspace("srgb").ensureAlpha().raw().toBuffer();
  return contrastingBackground(pixels, 4);
}

/** The picture within a square of `side`, and what is missing around it. */
function frameOf(size: { width: number; height: number }, side: number) {
  const scale = Math.min(1, side / Math.max(size.width, size.height));
  const width = Math.max(1, Math.round(size.width * scale));
  const height = Math.max(1, Math.round(size.height * scale));
  const shortest = Math.ceil(Math.max(width, height) / RATIO_MAX);
  const aside = Math.ceil(Math.max(0, shortest - width) / 2);
  const above = Math.ceil(Math.max(0, shortest - height) / 2);
  return { width, height, margin: { left: aside, right: aside, top: above, bottom: above } };
}
