/** Packs Opus anew: browsers record it as WebM, and a voice note is Ogg. */

/** The WebM elements that are looked into. */
const CONTAINERS = new Set([0x18538067, 0x1f43b675, 0x1654ae6b, 0xae, 0xa0]);
const CODEC_PRIVATE = 0x63a2;
const BLOCKS = new Set([0xa3, 0xa1]);
/** Of a block, before its sound: the track, the time and the flags. */
const BLOCK_HEAD = 4;

const SAMPLES_PER_MS = 48;
/** So few that even the longest fit: a page has 255 parts of 255 bytes. */
const PACKETS_PER_PAGE = 15;
const SERIAL = 1;

/** The same sound as Ogg Opus. Throws when there is no Opus in the WebM. */
export function oggOf(webm: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { head, packets } = readWebm(webm);
  if (head === null) throw new Error("Cannot read the recording: it has no Opus in it");
  const pages = [page(0, 0n, [head], 2), page(1, 0n, [tags()], 0)];
  let samples = 0;
  for (let at = 0; at < packets.length; at += PACKETS_PER_PAGE) {
    const some = packets.slice(at, at + PACKETS_PER_PAGE);
    for (const packet of some) samples += samplesOf(packet);
    const isLast = at + PACKETS_PER_PAGE >= packets.length;
    pages.push(page(pages.length, BigInt(samples), some, isLast ? 4 : 0));
  }
  return join(pages);
}

/** Opus's own head, and its packets in order. */
function readWebm(bytes: Uint8Array): { head: Uint8Array | null; packets: Uint8Array[] } {
  const packets: Uint8Array[] = [];
  let head: Uint8Array | null = null;
  let at = 0;
  while (at < bytes.length) {
    const id = readNumber(bytes, at, false);
    const size = readNumber(bytes, at + id.length, true);
    const start = at + id.length + size.length;
    // What a container holds follows its head, so that its size need not be known.
    at = CONTAINERS.has(id.value) ? start : start + size.value;
    if (id.value === CODEC_PRIVATE) head = bytes.subarray(start, at);
    if (BLOCKS.has(id.value)) packets.push(bytes.subarray(start + BLOCK_HEAD, at));
  }
  return { head, packets };
}

/** A number whose first byte says how long it is; of a size, that mark is taken away. */
function readNumber(bytes: Uint8Array, at: number, isSize: boolean) {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  let value = isSize ? first & (0xff >> length) : first;
  for (let i = 1; i < length; i++) value = value * 256 + (bytes[at + i] ?? 0);
  return { value, length };
}

/** How long a packet sounds, at 48 kHz, by its first bytes. */
function samplesOf(packet: Uint8Array): number {
  const [toc = 0, second = 0] = packet;
  const config = toc >> 3;
  const frame_ms = config < 12
    ? [10, 20, 40, 60][config % 4]
    : config < 16
    ? [10, 20][config % 2]
    : [2.5, 5, 10, 20][config % 4];
  const frames = [1, 2, 2, second & 0x3f][toc & 3];
  return (frame_ms ?? 0) * (frames ?? 0) * SAMPLES_PER_MS;
}

function tags(): Uint8Array {
  const vendor = new TextEncoder().encode("web chat");
  const made = new Uint8Array(8 + 4 + vendor.length + 4);
  made.set(new TextEncoder().encode("OpusTags"));
  new DataView(made.buffer).setUint32(8, vendor.length, true);
  made.set(vendor, 12);
  return made;
}

/** `kind` is 2 for the first page, 4 for the last, 0 between; `granule` counts samples so far. */
function page(sequence: number, granule: bigint, packets: Uint8Array[], kind: number): Uint8Array {
  const lacing = packets.flatMap(({ length }) => [
    ...Array<number>(Math.floor(length / 255)).fill(255),
    length % 255,
  ]);
  const head = new Uint8Array(27 + lacing.length);
  const view = new DataView(head.buffer);
  head.set(new TextEncoder().encode("OggS"));
  view.setUint8(5, kind);
  view.setBigUint64(6, granule, true);
  view.setUint32(14, SERIAL, true);
  view.setUint32(18, sequence, true);
  view.setUint8(26, lacing.length);
  head.set(lacing, 27);
  const made = join([head, ...packets]);
  new DataView(made.buffer).setUint32(22, checksum(made), true);
  return made;
}

/** Ogg's CRC-32: not mirrored, begun at 0. */
function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    made.set(part, at);
    at += part.length;
  }
  return made;
}
