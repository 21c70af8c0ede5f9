/** Pictures of any size, made here: whole files that every decoder takes. */
import { crc32, deflateSync } from "node:zlib";

const TINY_JPEG = Uint8Array.fromBase64(
  "/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+" +
    "gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8f" +
    "Hz/wAARCAAMABADASIAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQ" +
    "EAAAAAAAAAAAAAAAAAAAAF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AADyr/9k=",
);
/** 16 × 12 pixels. */
export const TINY_WEBP = Uint8Array.fromBase64(
  "UklGRjIAAABXRUJQVlA4ICYAAACwAQCdASoQAAwAA4BaJaACdLoABKoAAPGPui+1FOw/ztbDEE8AAA==",
);
const COMMENT_MAX = 65_000;

/** A JPEG of 16 × 12 pixels and about `size` bytes, different for each `seed`. */
export function jpeg(size = 1_000, seed = 0): Uint8Array<ArrayBuffer> {
  const parts = [TINY_JPEG.subarray(0, 2)];
  for (let left = Math.max(8, size - TINY_JPEG.length); left > 0; left -= COMMENT_MAX) {
    const comment = new Uint8Array(Math.min(COMMENT_MAX, left) + 4);
    new DataView(comment.buffer).setUint32(0, (0xfffe << 16 | comment.length - 2) >>> 0);
    new DataView(comment.buffer).setUint32(4, seed);
    parts.push(comment);
  }
  return concat([...parts, TINY_JPEG.subarray(2)]);
}

/** A grey PNG of this many pixels; `noise` makes it as many bytes, too. */
export function png(
  width: number,
  height: number,
  { noise = false, seed = 1 } = {},
): Uint8Array<ArrayBuffer> {
  const raw = new Uint8Array((width + 1) * height);
  let state = seed;
  if (noise) {
    for (let i = 0; i < raw.length; i++) {
      state = Math.imul(state, 1_664_525) + 1_013_904_223 | 0;
      raw[i] = i % (width + 1) === 0 ? 0 : state >>> 24;
    }
  }
  return pngOf(width, height, new Uint8Array(deflateSync(raw, { level: noise ? 0 : 6 })));
}

/** A PNG that says it is `width` × `height`, whatever its data are. */
export function pngOf(
  width: number,
  height: number,
  data: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header[8] = 8;
  return concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** A chunk of a PNG, with its checksum. */
export function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = concat([
    new Uint8Array(4),
    new TextEncoder().encode(name),
    data,
    new Uint8Array(4),
  ]);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  view.setUint32(data.length + 8, crc32(bytes.subarray(4, data.length + 8)));
  return bytes;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
