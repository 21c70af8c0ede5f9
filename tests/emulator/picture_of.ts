/** Pictures for tests, drawn on the spot. */
import { encodeQR } from "qr";

/** A PNG of one colour. */
export async function plainPicture(
  width: number,
  height: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import("sharp");
  const create = { width, height, channels: 3, background: { r: 200, g: 40, b: 40 } } as const;
  return new Uint8Array(await sharp({ create, limitInputPixels: false }).png().toBuffer());
}

/** A PNG of a QR code, eight pixels a module. */
export async function qrPicture(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import("sharp");
  const rows = encodeQR(text, "raw", { border: 4 });
  const side = rows.length;
  const pixels = Uint8Array.from(rows.flat(), (dark) => dark ? 0 : 255);
  const png = await sharp(pixels, { raw: { width: side, height: side, channels: 1 } })
    .resize(side * 8, side * 8, { kernel: "nearest" }).png().toBuffer();
  return new Uint8Array(png);
}
