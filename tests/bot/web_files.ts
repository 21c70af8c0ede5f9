/** Files as the web serves them and people send them, and whether they are pictures for us. */
import { gzipSync } from "node:zlib";
import { noisyPicture, pdf, svg } from "./pictures.ts";

export interface WebFile {
  bytes: Uint8Array;
  /** What browsers and sharp open, we open. */
  opens: boolean;
}

const SOI = [0xff, 0xd8];
const concat = (...parts: Iterable<number>[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));

/** Each by what is particular about it. */
export async function makeWebFiles(): Promise<Record<string, WebFile>> {
  const { default: sharp } = await import("sharp");
  const jpeg = await noisyPicture(60, 45);
  const image = () => sharp(jpeg);
  const bytesOf = async (made: { toBuffer(): Promise<Uint8Array> }) =>
    new Uint8Array(await made.toBuffer());
  const png = await bytesOf(image().png());
  const webp = await bytesOf(image().webp());
  const progressive = await bytesOf(image().jpeg({ progressive: true }));
  const frames = await Promise.all(
    ["#f00", "#00f"].map((background) =>
      sharp({ create: { width: 40, height: 30, channels: 3, background } }).png().toBuffer()
    ),
  );
  const animated = () => sharp(frames, { join: { animated: true } });
  const clear = { r: 0, g: 0, b: 0, alpha: 0 };
  const create = { width: 30, height: 30, channels: 3, background: "#fff" } as const;
  const second = 4 + (jpeg[4]! << 8 | jpeg[5]!);
  const between = (...stray: number[]) =>
    concat(jpeg.subarray(0, second), stray, jpeg.subarray(second));
  const idat = new TextDecoder("latin1").decode(png).indexOf("IDAT");
  const open: Record<string, Uint8Array> = {
    "a JPEG": jpeg,
    "a progressive JPEG": progressive,
    "a CMYK JPEG": await bytesOf(image().toColourspace("cmyk").jpeg()),
    "a grey JPEG": await bytesOf(image().greyscale().jpeg()),
    "a JPEG on its side": await bytesOf(image().withMetadata({ orientation: 6 }).jpeg()),
    "a JPEG with fill bytes": between(0xff, 0xff, 0xff),
    "a JPEG with stray bytes": between(0, 1, 2, 0x55),
    "a JPEG with a stray FF 00": between(7, 0xff, 0, 7),
    "a JPEG with bytes behind its end": concat(jpeg, [0, 1, 2, ...SOI]),
    "two JPEGs in one": concat(jpeg, progressive),
    "a JPEG without its end": jpeg.slice(0, -2),
    "a JPEG with half of its end": jpeg.slice(0, -1),
    "a progressive JPEG without its end": progressive.slice(0, -2),
    "a PNG": png,
    "an interlaced PNG": await bytesOf(image().png({ progressive: true })),
    "a PNG of 16 bits": await bytesOf(image().toColourspace("rgb16").png()),
    "a PNG with a palette": await bytesOf(image().png({ palette: true })),
    "a PNG without its end": png.slice(0, -12),
    "a PNG with bytes behind its end": concat(png, [1, 2, 3]),
    "a white square on nothing": await bytesOf(
      sharp({ create: { width: 90, height: 90, channels: 4, background: clear } })
        .composite([{ input: { create } }]).png(),
    ),
    "a WebP": webp,
    "a lossless WebP": await bytesOf(image().webp({ lossless: true })),
    "a WebP with bytes behind its end": concat(webp, [1, 2, 3]),
    "an animated WebP": await bytesOf(animated().webp()),
  };
  const shut: Record<string, Uint8Array> = {
    "half a JPEG": jpeg.slice(0, jpeg.length / 2),
    "half a progressive JPEG": progressive.slice(0, progressive.length / 2),
    "a JPEG that lacks a byte of its pixels": jpeg.slice(0, -3),
    "half a PNG": png.slice(0, png.length / 2),
    "a PNG with other pixels than it had": png.with(idat + 40, png[idat + 40]! ^ 0x55),
    "half a WebP": webp.slice(0, webp.length / 2),
    "a WebP that lacks a byte": webp.slice(0, -1),
    "a JPEG behind a line feed": concat([0x0a], jpeg),
    "a picture in a gzip": gzipSync(jpeg),
    "an animated GIF": await bytesOf(animated().gif()),
    "an SVG": svg.bytes,
    "a PDF": pdf.bytes,
    "nothing": new Uint8Array(0),
  };
  const told = (files: Record<string, Uint8Array>, opens: boolean) =>
    Object.entries(files).map(([name, bytes]) => [name, { bytes, opens }] as const);
  return Object.fromEntries([...told(open, true), ...told(shut, false)]);
}
