/** The camera of a person's phone: reads a QR code off a picture. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import wasm from "zxing-wasm/reader/zxing_reader.wasm" with { type: "bytes" };

/** Given as bytes: by default the library would download it. */
const overrides = { wasmBinary: wasm.slice().buffer };

/** What the code says, or undefined when the picture has none. */
export async function readQr(picture: Uint8Array): Promise<string | undefined> {
  prepareZXingModule({ overrides });
  const { default: sharp } = await import("sharp");
  let pixels;
  try {
    pixels = await sharp(picture).rotate().ensureAlpha().raw()
      .toBuffer({ resolveWithObject: true });
  } catch {
    return undefined;
  }
  const { data, info } = pixels;
  const image = new ImageData(new Uint8ClampedArray(data), info.width, info.height);
  const [found] = await readBarcodes(image, { formats: ["QRCode"], maxNumberOfSymbols: 1 });
  return found?.isValid === true ? found.text : undefined;
}
