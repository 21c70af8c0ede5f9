import { assertEquals } from "@std/assert";
import { ImageSniffer } from "../../src/pictures/image/image_sniffer.ts";
import { jpeg, png, TINY_WEBP } from "./picture_bytes.ts";

const pictures = {
  jpg: jpeg(3_000),
  png: png(16, 12, { noise: true }),
  webp: TINY_WEBP,
};

/** What is seen of all but the last `cut` bytes, in chunks of `step`. */
function see(bytes: Uint8Array, step: number, cut = 0) {
  const sniffer = new ImageSniffer();
  for (let at = 0; at < bytes.length - cut; at += step) {
    sniffer.look(bytes.slice(at, Math.min(at + step, bytes.length - cut)));
  }
  return sniffer.seen;
}

for (const [type, bytes] of Object.entries(pictures)) {
  Deno.test(`${type} is seen whole, in whatever pieces it comes`, () => {
    for (const step of [1, 2, 7, 29, 31, 1_000, 1e6]) {
      assertEquals<unknown>(see(bytes, step), { type, width: 16, height: 12, whole: true });
    }
  });

  Deno.test(`${type} that ends too early is not whole, wherever it ends`, () => {
    for (let cut = 1; cut < bytes.length; cut += 1 + Math.floor(bytes.length / 200)) {
      assertEquals([cut, see(bytes, 64, cut).whole], [cut, false]);
    }
  });

  Deno.test(`${type} is whole with something behind it`, () =>
    assertEquals(see(new Uint8Array([...bytes, 1, 2, 3]), 50).whole, true));
}

Deno.test("thumbnail within a JPEG is not its end", () => {
  const outer = jpeg(3_000);
  const thumbnail = jpeg(300);
  const segment = new Uint8Array(thumbnail.length + 4);
  new DataView(segment.buffer).setUint32(0, 0xffe1 << 16 | thumbnail.length + 2);
  segment.set(thumbnail, 4);
  const bytes = new Uint8Array([...outer.subarray(0, 2), ...segment, ...outer.subarray(2)]);
  assertEquals(see(bytes, 100).whole, true);
  assertEquals(see(bytes, 100, 5).whole, false);
});

Deno.test("what is no picture is seen by its first bytes", () => {
  const text = new TextEncoder();
  for (
    const begin of ["<svg xmlns=", "<!doctype html>", "GIF89a", "BM", "RIFF....WAVE", "%PDF-1.7"]
  ) {
    assertEquals(see(text.encode(begin.padEnd(40)), 40).type, null);
  }
  assertEquals(see(text.encode("<svg/>"), 40).type, undefined);
});

/** Where the segments of a JPEG begin, up to its scan. */
function segmentsOf(bytes: Uint8Array): number[] {
  const begins = [2];
  for (let at = 2; bytes[at + 1] !== 0xda; begins.push(at)) {
    at += 2 + ((bytes[at + 2] ?? 0) << 8 | (bytes[at + 3] ?? 0));
  }
  return begins;
}

Deno.test("bytes between the segments of a JPEG are passed over", () => {
  const bytes = jpeg(3_000);
  const strays = [[0xff], [0xff, 0xff, 0xff], [0], [1, 2, 3], [0, 0xff, 0, 7], [0xff, 0x01], [
    0xff,
    0xd0,
  ]];
  // Behind the very first marker they make it another file: no browser takes it for a picture.
  for (const at of segmentsOf(bytes).slice(1)) {
    for (const stray of strays) {
      const odd = new Uint8Array([...bytes.subarray(0, at), ...stray, ...bytes.subarray(at)]);
      for (const step of [1, 7, 1e6]) {
        const { whole, width, height } = see(odd, step);
        assertEquals([at, stray, whole, width, height], [at, stray, true, 16, 12]);
        assertEquals([at, stray, see(odd, step, 2).whole], [at, stray, false]);
      }
    }
  }
});

Deno.test("end of a JPEG is found behind all its scans, not among the tables between", () => {
  const bytes = jpeg(300);
  const comment = [0xff, 0xfe, 0, 6, 0xff, 0xd9, 0xff, 0xd9];
  const odd = new Uint8Array([...bytes.subarray(0, -2), ...comment, ...bytes.subarray(-2)]);
  assertEquals(see(odd, 50).whole, true);
  assertEquals(see(odd, 50, 2).whole, false);
});

Deno.test("PNG whose pixels are not what they were is damaged, and not whole", () => {
  const bytes = png(16, 12, { noise: true });
  const odd = bytes.with(60, (bytes[60] ?? 0) ^ 1);
  for (const step of [1, 7, 1e6]) {
    const sniffer = new ImageSniffer();
    for (let at = 0; at < odd.length; at += step) sniffer.look(odd.slice(at, at + step));
    assertEquals([sniffer.seen.whole, sniffer.damaged], [false, true]);
  }
});
