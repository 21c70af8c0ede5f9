/// <reference lib="deno.worker" />
/** Finds QR codes in pixels, away from the thread that answers people. */
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
// Passed as bytes, because the package would otherwise download it.
import wasm from "zxing-wasm/reader/zxing_reader.wasm" with { type: "bytes" };
import { type Edges, type GreyPixels, sharpenEdges } from "./grey_pixels.ts";

/** What it is asked. */
export type QrQuestion = { pixels: GreyPixels; edges: Edges | undefined };

/** All there are: a sheet of labels alone has 24. */
const SYMBOLS_MAX = 255;

prepareZXingModule({ overrides: { wasmBinary: wasm.buffer } });
// A rejection stays unhandled on purpose: it ends the worker and reaches its `onerror`.
addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  const { pixels, edges }: QrQuestion = event.data;
  self.postMessage(await find(edges ? sharpenEdges(pixels, edges) : pixels));
});

async function find({ grey, width, height }: GreyPixels): Promise<string[]> {
  const image = new ImageData(toRgba(grey), width, height);
  const found = await readBarcodes(image, {
    formats: ["QRCode"],
    textMode: "Plain",
    maxNumberOfSymbols: SYMBOLS_MAX,
  });
  return found.map((symbol) => symbol.text);
}

function toRgba(grey: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint32Array(grey.length);
  // A plain loop: `from` with a function first collects millions of numbers in a list.
  for (let i = 0; i < grey.length; i++) rgba[i] = 0xff000000 | (grey[i] ?? 0) * 0x010101;
  return new Uint8ClampedArray(rgba.buffer);
}
