/** Makes of a picture one that Telegram takes as a photo; what it takes anyway stays untouched. */
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

export function fitsTelegram({ size, width, height }: PictureInfo): boolean {
  const ratio = Math.max(width, height) / Math.min(width, height);
  return size <= BYTES_MAX && width + height <= SIDES_MAX && ratio <= RATIO_MAX;
}

/**
 * A JPEG of at most 4096 px a side, upright, on white, with margins where it was too narrow.
 * Decoded and written by sharp's own threads. Rejects when the picture cannot be decoded.
 */
export async function fitTelegram(bytes: Uint8Array, pixels_max: number): Promise<Uint8Array> {
  const { sharp } = await import("./pixels.ts");
  const limits = { limitInputPixels: pixels_max, failOn: "error" } as const;
  const { autoOrient } = await sharp(bytes, limits).metadata();
  for (const { side, quality } of STEPS) {
    const { width, height, margin } = frameOf(autoOrient, side);
    const jpeg = await sharp(bytes, limits).autoOrient()
      .resize({ width, height, fit: "fill" })
      .extend({ ...margin, background: WHITE })
      .flatten({ background: WHITE })
      .toColourspace("srgb")
      .jpeg({ quality })
      .toBuffer();
    if (jpeg.length <= BYTES_MAX) return jpeg;
  }
  throw new Error(`Cannot fit ${autoOrient.width} × ${autoOrient.height} into ${BYTES_MAX} bytes`);
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
