/** Takes off what an origin packed its answer in, though it was asked not to. */
import { pipeline, Readable, type Transform } from "node:stream";
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";

/** What was packed is damaged, or ends too early. */
export class BadlyPacked extends Error {
  override name = "BadlyPacked";
}

/** Nobody packs a picture more often in earnest. */
const LAYERS_MAX = 3;

/** Each is told the first bytes of what it will take. */
const openers: Readonly<Record<string, (first: Uint8Array) => Transform>> = {
  "gzip": () => createGunzip(),
  "x-gzip": () => createGunzip(),
  "br": () => createBrotliDecompress(),
  "zstd": () => createZstdDecompress(),
  // Some servers leave out the frame that belongs to it.
  "deflate": (first) => isFramed(first) ? createInflate() : createInflateRaw(),
};

/** The packings that a Content-Encoding names; other names are passed over, as browsers do. */
export function packingsOf(header: string | undefined): string[] {
  return (header ?? "").toLowerCase().split(",").map((name) => name.trim())
    .filter((name) => Object.hasOwn(openers, name));
}

/** The body as it was before it was packed; whoever leaves off reading closes the connection. */
export async function* unpack(
  body: AsyncIterable<Uint8Array>,
  packings: readonly string[],
): AsyncGenerator<Uint8Array> {
  if (packings.length === 0) return yield* body;
  if (packings.length > LAYERS_MAX) throw new BadlyPacked("It is packed too often");
  const source = body[Symbol.asyncIterator]();
  const first = await source.next();
  let broken: unknown;
  async function* packed(): AsyncGenerator<Uint8Array> {
    try {
      if (!first.done) yield first.value;
      yield* { [Symbol.asyncIterator]: () => source };
    } catch (error) {
      broken = error;
      throw error;
    }
  }
  const begin = first.done ? new Uint8Array(0) : first.value;
  const layers = packings.toReversed().flatMap((name) => openers[name]?.(begin) ?? []);
  const last = layers.at(-1);
  if (!last) return;
  // Errors are thrown by the last layer, where they are waited for.
  pipeline([Readable.from(packed()), ...layers], () => {});
  try {
    for await (const chunk of last) yield chunk;
  } catch (error) {
    throw broken ?? new BadlyPacked("It is badly packed", { cause: error });
  }
}

/** RFC 1950: the method is 8, and the first two bytes are a multiple of 31. */
function isFramed([method = 0, flags = 0]: Uint8Array): boolean {
  return (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
}
