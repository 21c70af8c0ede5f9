/** Why a file cannot be kept as a photo; the reason is for the chart, not for people. */
export type PhotoRefusal = {
  refused: "not_an_image" | "heic" | "too_big" | "too_many_pixels" | "broken" | "too_narrow";
};

/** Width and height in pixels as people see the photo, its EXIF orientation applied. */
export type PhotoSize = { width: number; height: number };

const PHOTO_BYTES_MAX = 20 * 1024 * 1024;
export const PHOTO_PIXELS_MAX = 50_000_000;
/** Telegram shows no photo that is longer than this many of its widths. */
const PHOTO_RATIO_MAX = 20;

/** Reads a photo's header and refuses what must never be decoded: nothing is unpacked here. */
export async function examinePhoto(bytes: Uint8Array): Promise<PhotoSize | PhotoRefusal> {
  if (bytes.length > PHOTO_BYTES_MAX) return { refused: "too_big" };
  if (!isPhoto(bytes)) return { refused: isHeic(bytes) ? "heic" : "not_an_image" };
  const { sharp } = await import("./pixels.ts");
  let size: PhotoSize;
  try {
    // The limit is off for the header alone, so that too many pixels and damage are told apart.
    size = (await sharp(bytes, { limitInputPixels: false }).metadata()).autoOrient;
  } catch {
    return { refused: "broken" };
  }
  const { width, height } = size;
  if (width * height > PHOTO_PIXELS_MAX) return { refused: "too_many_pixels" };
  if (Math.max(width, height) > PHOTO_RATIO_MAX * Math.min(width, height)) {
    return { refused: "too_narrow" };
  }
  return { width, height };
}

/** As telephones take photos, by the brands of ISO/IEC 23008-12: what shows it needs a licence. */
function isHeic(bytes: Uint8Array): boolean {
  const header = new TextDecoder("latin1").decode(bytes.subarray(4, 12));
  return /^ftyp(?:he[iv][cmsx]|mif1|msf1)/.test(header);
}

/** JPEG, PNG or WebP by the first bytes, whatever the file is called. */
function isPhoto(bytes: Uint8Array): boolean {
  const starts = (at: number, mark: string) =>
    [...mark].every((char, i) => bytes[at + i] === char.charCodeAt(0));
  return starts(0, "\xff\xd8\xff") || starts(0, "\x89PNG\r\n\x1a\n") ||
    (starts(0, "RIFF") && starts(8, "WEBP"));
}
