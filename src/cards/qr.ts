import encodeQR from "qr";
import type { Sharp, SharpenOptions } from "sharp";
import { decodePhoto } from "./decode_photo.ts";
import { examinePhoto } from "./examine_photo.ts";
import type { QrPixels } from "./qr_worker.ts";

/** 37 modules and the border make 45, so 16 px a module: 720 px, sharp on any screen. */
const SIDE_PX = 720;
const BORDER_MODULES = 4;

/** A PNG of about 720 px whose QR says exactly `text`; throws a RangeError unless it is ASCII. */
export async function drawQr(text: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!/^[\x20-\x7e]+$/.test(text)) {
    throw new RangeError("Cannot draw a QR: expected printable ASCII, found other characters");
  }
  const { sharp } = await import("./pixels.ts");
  // A quarter of the modules may be lost to glare or a scratch.
  const rows = encodeQR(text, "raw", { ecc: "quartile", border: BORDER_MODULES });
  const modules = rows.length;
  const side = modules * Math.max(1, Math.floor(SIDE_PX / modules));
  const grey = Uint8Array.from(rows.flat(), (dark) => dark ? 0 : 255);
  const png = await sharp(grey, { raw: { width: modules, height: modules, channels: 1 } })
    .resize(side, side, { kernel: "nearest" })
    .png({ palette: true, colours: 2 })
    .toBuffer();
  return new Uint8Array(png);
}

/** A way to look at a photo: fitted into `side` px, its edges put right where they are soft. */
type Look = { side: number; sharpen?: SharpenOptions };

/** Small and fast, then large for a code that is small in a big picture. */
const SMALL: Look = { side: 1000 };
const LARGE: Look = { side: 2560 };
/** For the dark, then for the blurred, when the usual looks found nothing. */
const HARDER_LOOKS: Look[] = [
  { side: 1600, sharpen: { sigma: 2 } },
  { side: 1000, sharpen: { sigma: 6, m1: 4, m2: 10, y2: 60, y3: 60 } },
];

/**
 * What the QR codes of a photo say, each text once; none if the file is no photo or too damaged.
 * Decoding runs in a worker that lives as long as this call, so a big photo stops nobody else.
 */
export async function readQr(image: Uint8Array): Promise<string[]> {
  if ("refused" in await examinePhoto(image)) return [];
  const { decodeInTurn } = await import("./pixels.ts");
  return await decodeInTurn(async () => {
    const pixels = await toGrey(image);
    if (!pixels) return [];
    const worker = new Worker(new URL("./qr_worker.ts", import.meta.url), { type: "module" });
    try {
      const isSmall = Math.max(pixels.width, pixels.height) <= SMALL.side;
      const found = await look(worker, pixels, isSmall ? [SMALL] : [SMALL, LARGE]);
      return found.length > 0 ? found : await look(worker, pixels, HARDER_LOOKS);
    } finally {
      worker.terminate();
    }
  });
}

async function look(worker: Worker, pixels: QrPixels, looks: Look[]): Promise<string[]> {
  const found = new Set<string>();
  for (const it of looks) {
    for (const text of await ask(worker, await see(pixels, it))) found.add(text);
  }
  return [...found];
}

/** Decodes a photo once, as large as any look needs it; `undefined` if it is damaged. */
async function toGrey(image: Uint8Array): Promise<QrPixels | undefined> {
  const pixels = await decodePhoto(image, LARGE.side);
  if (!pixels) return undefined;
  const { sharp } = await import("./pixels.ts");
  const { data, width, height, channels } = pixels;
  return await measure(sharp(data, { raw: { width, height, channels } }).greyscale());
}

async function see({ grey, width, height }: QrPixels, { side, sharpen }: Look): Promise<QrPixels> {
  const { sharp } = await import("./pixels.ts");
  const seen = sharp(grey, { raw: { width, height, channels: 1 } })
    .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true });
  return await measure(sharpen ? seen.normalise().sharpen(sharpen) : seen);
}

async function measure(image: Sharp): Promise<QrPixels> {
  const { data, info } = await image.toColourspace("b-w").raw()
    .toBuffer({ resolveWithObject: true });
  return { grey: new Uint8Array(data), width: info.width, height: info.height };
}

/** Each question has a port of its own, which takes one answer. */
async function ask(worker: Worker, pixels: QrPixels): Promise<string[]> {
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise<string[]>((resolve, reject) => {
      port1.onmessage = (event) => resolve(event.data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`Cannot read a QR: ${event.message}`));
      };
      worker.postMessage({ pixels, port: port2 }, [port2, pixels.grey.buffer]);
    });
  } finally {
    port1.close();
  }
}
