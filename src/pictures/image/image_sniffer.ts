/**
 * Looks at a picture while it streams by: its kind by the first bytes, its pixels by the header,
 * and whether it is all there. Nothing is decoded, and no more than a few bytes are kept.
 */
import { crc32 } from "node:zlib";
import type { PictureType } from "../../../machines/picture.ts";

/** What the bytes so far are; `type` is undefined until they tell, null when it is no picture. */
export interface SniffedImage {
  type: PictureType | null | undefined;
  /** Pixels; 0 until the header has come by. */
  width: number;
  height: number;
  /** All of the picture has come by, whatever else may follow. */
  whole: boolean;
}

/** What to read at offset `at` of the file, once so many bytes from there have come. */
interface Step {
  at: number;
  need: number;
  read(bytes: DataView, i: number): Step | null;
}

/** The longest that the beginning of a picture must be for its kind to be told. */
const HEAD = 30;
const IHDR = 0x49484452;
const IDAT = 0x49444154;
const IEND = 0x49454e44;
/** `acTL`, which begins an animation, and `eXIf`. */
const ODD_CHUNKS = new Set([0x6163544c, 0x65584966]);
const EXIF_SEGMENT = 0xe1;
const START_OF_SCAN = 0xda;
const END_OF_IMAGE = 0xd9;
const EMPTY = new Uint8Array(0);

/** One picture's bytes, in order, a chunk at a time. */
export class ImageSniffer {
  readonly seen: SniffedImage = { type: undefined, width: 0, height: 0, whole: false };
  #step: Step | null = { at: 0, need: HEAD, read: (bytes) => this.#begin(bytes) };
  #end = 0;
  #hasPixels = false;
  #damaged = false;
  #odd = false;
  #endsAt: number | null = null;
  #largest = { width: 0, height: 0 };
  /** The end of an earlier chunk that the step needs. */
  #carried = EMPTY;

  /** A part of it is not what it was. */
  get damaged(): boolean {
    return this.#damaged;
  }

  /**
   * Only a decoder can tell what it shows: it has no pixels or several frames, has bytes that belong
   * nowhere, or says where and by whom it was taken.
   */
  get odd(): boolean {
    return this.#odd;
  }

  /** Where it ends, in bytes; null until then. What follows is no part of it. */
  get endsAt(): number | null {
    return this.#endsAt;
  }

  /** The most that any part of it claims to be. */
  get largest(): { width: number; height: number } {
    return this.#largest;
  }

  look(chunk: Uint8Array): SniffedImage {
    const bytes = this.#carried.length === 0 ? chunk : join(this.#carried, chunk);
    this.#carried = EMPTY;
    this.#end += chunk.length;
    const from = this.#end - bytes.length;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    while (this.#step !== null && this.#step.at + this.#step.need <= this.#end) {
      this.#step = this.#step.read(view, this.#step.at - from);
    }
    if (this.#step !== null && this.#step.at < this.#end) {
      this.#carried = bytes.slice(this.#step.at - from);
    }
    return this.seen;
  }

  #begin(bytes: DataView): Step | null {
    const type = typeOf(new Uint8Array(bytes.buffer, bytes.byteOffset, HEAD));
    this.seen.type = type;
    if (type === "jpg") return this.#marker(2);
    if (type === "webp") return this.#webp(bytes);
    if (type !== "png" || bytes.getUint32(12) !== IHDR) return null;
    this.#size(bytes.getUint32(16), bytes.getUint32(20));
    // Its header was the first chunk: another is one too many.
    return this.#checked(12, 4 + bytes.getUint32(8));
  }

  /** PNG: length, name, content, checksum, until IEND. */
  #chunk(at: number): Step {
    const read = (bytes: DataView, i: number) => {
      const [length, name] = [bytes.getUint32(i), bytes.getUint32(i + 4)];
      if (name === IEND) return this.#finish(at + 12, { odd: !this.#hasPixels || length > 0 });
      if (name === IHDR || ODD_CHUNKS.has(name)) this.#odd = true;
      if (name === IDAT && length > 0) this.#hasPixels = true;
      return isAncillary(name) ? this.#chunk(at + 12 + length) : this.#checked(at + 4, 4 + length);
    };
    return { at, need: 12, read };
  }

  /** Name and content of what no decoder does without. */
  #checked(at: number, left: number, sum = 0): Step {
    const read = (view: DataView, i: number) => {
      const take = Math.min(left, view.byteLength - i);
      const part = new Uint8Array(view.buffer, view.byteOffset + i, take);
      const [end, so_far] = [at + take, crc32(part, sum)];
      return take < left ? this.#checked(end, left - take, so_far) : this.#checksum(end, so_far);
    };
    return { at, need: 1, read };
  }

  #checksum(at: number, sum: number): Step {
    const read = (bytes: DataView, i: number) => {
      this.#damaged = bytes.getUint32(i) !== sum;
      return this.#damaged ? null : this.#chunk(at + 4);
    };
    return { at, need: 4, read };
  }

  /** JPEG: markers, most of them with a length, one of which has the size, until the scan. */
  #marker(at: number): Step {
    const read = (view: DataView, i: number) => {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      const found = bytes.indexOf(0xff, i);
      // Bytes that belong nowhere are passed over, as every decoder does.
      if (found !== i) {
        this.#odd = true;
        return this.#marker(at + (found === -1 ? bytes.length : found) - i);
      }
      const marker = view.getUint8(i + 1);
      if (marker === 0xff) return this.#marker(at + 1);
      if (standsAlone(marker)) return this.#marker(at + 2);
      if (marker !== END_OF_IMAGE) return this.#segment(at + 2, marker);
      return this.#hasPixels ? this.#finish(at + 2) : null;
    };
    return { at, need: 2, read };
  }

  #segment(at: number, marker: number): Step {
    const read = (bytes: DataView, i: number) => {
      if (isFrame(marker)) this.#size(bytes.getUint16(i + 5), bytes.getUint16(i + 3));
      if (marker === EXIF_SEGMENT) this.#odd = true;
      const length = bytes.getUint16(i);
      if (length < 2) return null;
      const next = at + length;
      if (marker !== START_OF_SCAN) return this.#marker(next);
      this.#hasPixels = this.seen.width > 0 && this.seen.height > 0;
      return this.#scan(next);
    };
    return { at, need: isFrame(marker) ? 7 : 2, read };
  }

  /** Among the pixels of a JPEG, FF is followed by 00, but for markers. */
  #scan(at: number): Step {
    const read = (view: DataView, i: number) => {
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
      for (let j = bytes.indexOf(0xff, i); j !== -1; j = bytes.indexOf(0xff, j + 1)) {
        if (j + 1 === bytes.length) return this.#scan(at + j - i);
        if (!standsAlone(bytes[j + 1] ?? 0)) return this.#marker(at + j - i);
      }
      return this.#scan(at + bytes.length - i);
    };
    return { at, need: 2, read };
  }

  /** WebP tells its length at once, and its size in one of three ways. */
  #webp(bytes: DataView): Step {
    const format = String.fromCharCode(...[12, 13, 14, 15].map((i) => bytes.getUint8(i)));
    const three = (i: number) => bytes.getUint16(i, true) + (bytes.getUint8(i + 2) << 16) + 1;
    if (format === "VP8X") this.#size(three(24), three(27));
    if (format === "VP8L") {
      const packed = bytes.getUint32(21, true);
      this.#size((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
    }
    if (format === "VP8 ") {
      this.#size(bytes.getUint16(26, true) & 0x3fff, bytes.getUint16(28, true) & 0x3fff);
    }
    const end = Math.max(HEAD, 8 + bytes.getUint32(4, true));
    const frame = bytes.getUint32(16, true);
    // One frame and nothing else; what has a canvas may have any number of them, of any size.
    const odd = format === "VP8X" || end !== 20 + frame + frame % 2;
    const read = () => this.seen.width > 0 ? this.#finish(end, { odd }) : null;
    return { at: end - 1, need: 1, read };
  }

  #size(width: number, height: number): void {
    if (this.#largest.width > 0) this.#odd = true;
    if (width * height >= this.#largest.width * this.#largest.height) {
      this.#largest = { width, height };
    }
    this.seen.width = width;
    this.seen.height = height;
  }

  #finish(ends_at: number, { odd = false } = {}): null {
    this.seen.whole = true;
    this.#endsAt = ends_at;
    if (odd) this.#odd = true;
    return null;
  }
}

/** By the case of the first letter of a chunk's name. */
const isAncillary = (name: number) => (name & 0x20000000) !== 0;

/** Zero is no marker at all, and the others have no length. */
const standsAlone = (marker: number) => marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd7);

const text = (head: Uint8Array, at: number, wanted: string) =>
  Array.from(wanted).every((letter, i) => head[at + i] === letter.charCodeAt(0));

/** The kind of picture that begins so; null for SVG, HTML and all else. */
export function typeOf(head: Uint8Array): PictureType | null {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpg";
  if (head[0] === 0x89 && text(head, 1, "PNG\r\n\x1a\n")) return "png";
  return text(head, 0, "RIFF") && text(head, 8, "WEBP") ? "webp" : null;
}

/** Baseline, progressive and the rarer frames; not the tables between them. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
