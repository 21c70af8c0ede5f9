/** What Telegram does to pictures: checks them, and keeps a few sizes as JPEG. */
import { badRequest, Refusal } from "../model/refusal.ts";

/** A JPEG with its sides, in pixels. */
export interface Picture {
  width: number;
  height: number;
  /** JPEG. */
  bytes: Uint8Array;
}

const photo_bytes_max = 10 * 1024 * 1024;
const side_max = 1280;
const thumbnail_sides = [90, 320];
const formats: readonly string[] = ["jpeg", "png", "webp", "gif"];

/**
 * The sizes of a photo, smallest first. Throws a `Refusal` when Telegram would not take it from
 * this sender: a person's phone makes a picture small before it sends it, a bot's upload is judged
 * as it is.
 */
export async function photoSizes(bytes: Uint8Array, sender: "bot" | "person"): Promise<Picture[]> {
  if (bytes.length === 0) throw badRequest("file must be non-empty");
  if (sender === "bot" && bytes.length > photo_bytes_max) {
    throw badRequest(
      `file of size ${bytes.length} bytes is too big for a photo; ` +
        `the maximum size is ${photo_bytes_max} bytes`,
    );
  }
  // Loaded here: it is native code, which a process that never sees a picture need not permit.
  const { default: sharp } = await import("sharp");
  const scaled = async (source: Uint8Array, side: number, quality: number): Promise<Picture> => {
    const { data, info } = await sharp(source)
      .rotate()
      .resize(side, side, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, bytes: new Uint8Array(data) };
  };
  try {
    const { width, height, format } = await sharp(bytes).metadata();
    if (!formats.includes(format)) throw badRequest("IMAGE_PROCESS_FAILED");
    const ratio = Math.max(width, height) / Math.min(width, height);
    if ((sender === "bot" && width + height > 10_000) || ratio > 20) {
      throw badRequest("PHOTO_INVALID_DIMENSIONS");
    }
    const largest = await scaled(bytes, side_max, 87);
    const smaller = thumbnail_sides.filter((side) =>
      side < Math.max(largest.width, largest.height)
    );
    // From the largest: a smaller JPEG is read faster than what the sender had.
    const thumbnails = smaller.map((side) => scaled(largest.bytes, side, 80));
    return [...await Promise.all(thumbnails), largest];
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw badRequest("IMAGE_PROCESS_FAILED");
  }
}
