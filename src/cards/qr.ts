import encodeQR from "qr";
import type { Sharp } from "sharp";
import { ThreadOver } from "../base/thread.ts";
import { decodePhoto } from "./decode_photo.ts";
import { examinePhoto } from "./examine_photo.ts";
import type { Edges, GreyPixels } from "./grey_pixels.ts";
import { openQrThread, type QrThread } from "./qr_thread.ts";

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

/** There may be a code, but the picture takes longer than anybody shall wait for it. */
export type QrRefusal = { refused: "too_hard" };

/** A way to look at a photo: fitted into `side` px, its edges put right where they are soft. */
type Look = { side: number; edges?: Edges };

/** Small and fast, then large for a code that is small in a big picture. */
const SMALL: Look = { side: 1000 };
const LARGE: Look = { side: 2560 };
/** For the dark, then for the blurred, when the usual looks found nothing. */
const HARDER_LOOKS: Look[] = [
  { side: 1600, edges: { sigma: 2, amount: 2, limit: 50 } },
  { side: 800, edges: { sigma: 3, amount: 6, limit: 255 } },
];
/** All looks take a tenth of it on one slow core. */
const LIMIT_MS = 5_000;

/**
 * What the QR codes of a photo say, each text once; none if the file is no photo or too damaged.
 * Looking runs in a thread that ends with this call, and is ended where it takes longer than
 * `limit_ms` or breaks: what was found until then counts.
 */
export async function readQr(
  image: Uint8Array,
  limit_ms = LIMIT_MS,
): Promise<string[] | QrRefusal> {
  if ("refused" in await examinePhoto(image)) return [];
  const { decodeInTurn } = await import("./pixels.ts");
  return await decodeInTurn(async () => {
    const pixels = await toGrey(image);
    if ("refused" in pixels) return pixels.refused === "too_hard" ? { refused: "too_hard" } : [];
    const found = new Set<string>();
    using thread = openQrThread(limit_ms);
    try {
      await search(thread, pixels, found);
    } catch (error) {
      if (!(error instanceof ThreadOver)) throw error;
      if (found.size === 0) return { refused: "too_hard" };
    }
    return [...found];
  });
}

async function search(thread: QrThread, pixels: GreyPixels, found: Set<string>): Promise<void> {
  const isSmall = Math.max(pixels.width, pixels.height) <= SMALL.side;
  await look(thread, pixels, isSmall ? [SMALL] : [SMALL, LARGE], found);
  if (found.size === 0) await look(thread, pixels, HARDER_LOOKS, found);
}

async function look(
  thread: QrThread,
  pixels: GreyPixels,
  looks: readonly Look[],
  found: Set<string>,
): Promise<void> {
  for (const { side, edges } of looks) {
    for (const text of await thread.find(await see(pixels, side), edges)) found.add(text);
  }
}

/** Decodes a photo once, as large as any look needs it. */
async function toGrey(image: Uint8Array): Promise<GreyPixels | { refused: string }> {
  const pixels = await decodePhoto(image, LARGE.side);
  if ("refused" in pixels) return pixels;
  const { sharp } = await import("./pixels.ts");
  const { data, width, height, channels } = pixels;
  return await measure(sharp(data, { raw: { width, height, channels } }).greyscale());
}

async function see({ grey, width, height }: GreyPixels, side: number): Promise<GreyPixels> {
  const { sharp } = await import("./pixels.ts");
  return await measure(
    sharp(grey, { raw: { width, height, channels: 1 } })
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true }),
  );
}

async function measure(image: Sharp): Promise<GreyPixels> {
  const { data, info } = await image.toColourspace("b-w").raw()
    .toBuffer({ resolveWithObject: true });
  return { grey: new Uint8Array(data), width: info.width, height: info.height };
}
