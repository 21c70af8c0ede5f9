import { decodePhoto, type PhotoPixels } from "./decode_photo.ts";
import { examinePhoto, type PhotoRefusal } from "./examine_photo.ts";

/** A photo as it is kept: `sha256` is the hex of `bytes`, sizes are in pixels. */
export type Photo = {
  sha256: string;
  bytes: Uint8Array<ArrayBuffer>;
  width: number;
  height: number;
  type: "image/jpeg";
};

const KEPT_BYTES_MAX = 2 * 1024 * 1024;
const SIDE_MAX = 2560;
/** From the best to the one that fits whatever the photo shows, noise included. */
const STEPS = [
  { side: SIDE_MAX, quality: 86 },
  { side: SIDE_MAX, quality: 76 },
  { side: SIDE_MAX, quality: 64 },
  { side: 1920, quality: 64 },
  { side: 1280, quality: 64 },
];

/**
 * Makes of a stranger's file the photo we keep: a JPEG of at most 2560 px and 2 MB, upright,
 * without metadata, never enlarged; where it was transparent, on white, or on black where it is
 * white itself. The same file always gives the same bytes.
 */
export async function refitPhoto(bytes: Uint8Array): Promise<Photo | PhotoRefusal> {
  const examined = await examinePhoto(bytes);
  if ("refused" in examined) return examined;
  const { decodeInTurn } = await import("./pixels.ts");
  return await decodeInTurn(async () => {
    const pixels = await decodePhoto(bytes, SIDE_MAX);
    if (!("refused" in pixels)) return await compress(pixels);
    // A smaller one of the same is what helps.
    return { refused: pixels.refused === "too_hard" ? "too_many_pixels" : pixels.refused };
  });
}

async function compress({ data, width, height, channels }: PhotoPixels): Promise<Photo> {
  const { sharp } = await import("./pixels.ts");
  for (const { side, quality } of STEPS) {
    const { data: jpeg, info } = await sharp(data, { raw: { width, height, channels } })
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    if (jpeg.length > KEPT_BYTES_MAX) continue;
    const bytes = new Uint8Array(jpeg);
    const sha256 = await hash(bytes);
    return { sha256, bytes, width: info.width, height: info.height, type: "image/jpeg" };
  }
  throw new Error(`Cannot fit a photo of ${width}x${height} into ${KEPT_BYTES_MAX} bytes`);
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
