/** Pictures and files of all kinds, made on the spot. */

/** A JPEG full of noise, which hardly shrinks. */
export async function noisyPicture(width: number, height: number): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at += 65_536) {
    crypto.getRandomValues(pixels.subarray(at, at + 65_536));
  }
  const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } }).jpeg({ quality: 90 })
    .toBuffer();
  return new Uint8Array(jpeg);
}

/** A file that people may send where a photo is wanted. */
export interface SentFile {
  bytes: Uint8Array;
  file_name: string;
  mime_type: string;
}

const ascii = (text: string) => new TextEncoder().encode(text);

export const pdf: SentFile = {
  bytes: ascii("%PDF-1.7\n%%EOF\n"),
  file_name: "sea.pdf",
  mime_type: "application/pdf",
};

export const svg: SentFile = {
  bytes: ascii('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
  file_name: "sea.svg",
  mime_type: "image/svg+xml",
};

/** One byte more than 20 MB. */
export const tooBig = (): SentFile => ({
  bytes: new Uint8Array(20 * 1024 * 1024 + 1),
  file_name: "sea.jpg",
  mime_type: "image/jpeg",
});

/** A JPEG of which the second half is missing. */
export async function brokenJpeg(): Promise<SentFile> {
  const whole = await noisyPicture(64, 64);
  const bytes = whole.subarray(0, whole.length / 2);
  return { bytes, file_name: "sea.jpg", mime_type: "image/jpeg" };
}
