/** Pictures that one reader takes for something else than another does. */
import { assert, assertEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { needs } from "../permissions.ts";
import { permissions, picturesTest, refused, served } from "./given_pictures.ts";
import { chunk, concat, jpeg, png, pngOf, TINY_WEBP } from "./picture_bytes.ts";

const native = permissions || needs({ name: "ffi" });
const text = (words: string) => new TextEncoder().encode(words);

/** A frame of a JPEG of this size, as its header has it. */
function frame(width: number, height: number): Uint8Array {
  const segment = Uint8Array.of(0xff, 0xc0, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0);
  new DataView(segment.buffer).setUint16(5, height);
  new DataView(segment.buffer).setUint16(7, width);
  return segment;
}

/** A JPEG of 16 × 12 pixels with `segments` before everything else. */
const jpegWith = (...segments: Uint8Array[]) =>
  concat([jpeg().subarray(0, 2), ...segments, jpeg().subarray(2)]);

function ihdr(width: number, height: number): Uint8Array {
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header[8] = 8;
  return chunk("IHDR", header);
}

const BEGIN = png(1, 1).subarray(0, 8);
const IEND = chunk("IEND", new Uint8Array());
const idat = (width: number, height: number) =>
  chunk("IDAT", new Uint8Array(deflateSync(new Uint8Array((width + 1) * height))));

/** A WebP with a canvas of this size around `TINY_WEBP`'s frame of 16 × 12, and `more` behind. */
function webpOn(width: number, height: number, more = new Uint8Array(), flags = 0) {
  const canvas = new Uint8Array(18);
  canvas.set(text("VP8X"));
  const view = new DataView(canvas.buffer);
  view.setUint32(4, 10, true);
  canvas[8] = flags;
  view.setUint16(12, width - 1, true);
  view.setUint16(15, height - 1, true);
  const parts = concat([text("WEBP"), canvas, TINY_WEBP.subarray(12), more]);
  const riff = concat([text("RIFF"), new Uint8Array(4), parts]);
  new DataView(riff.buffer).setUint32(4, parts.length, true);
  return riff;
}

const TOO_MANY = {
  "a JPEG with a frame of 65,535² before a small one": jpegWith(frame(65_535, 65_535)),
  "a PNG with a header of 50,000² before a small one": concat([
    ...[BEGIN, ihdr(50_000, 50_000), ihdr(30, 20), idat(30, 20), IEND],
  ]),
};
for (const [what, body] of Object.entries(TOO_MANY)) {
  picturesTest(`${what} has too many pixels`, async (room) => {
    room.server.on("/it", { body });
    const pictures = await room.open();
    assertEquals(refused(await pictures.get(room.at("/it"))).reason, "too_many_pixels");
  }, native);
}

const NO_PICTURES = {
  "a JPEG with two frames": jpegWith(frame(200, 100)),
  "a PNG without pixels": concat([BEGIN, ihdr(30, 20), IEND]),
  "a PNG whose pixels are of no length": pngOf(30, 20, new Uint8Array()),
  "a PNG with two headers": concat([BEGIN, ihdr(30, 20), ihdr(60, 40), idat(30, 20), IEND]),
  "a PNG with a header of 50,000² behind a small one": concat([
    ...[BEGIN, ihdr(30, 20), ihdr(50_000, 50_000), idat(30, 20), IEND],
  ]),
  "a WebP with a canvas larger than its frame": webpOn(3_000, 2_000),
  "a WebP with a canvas smaller than its frame": webpOn(8, 8),
};
for (const [what, body] of Object.entries(NO_PICTURES)) {
  picturesTest(`${what} is refused, whatever else would show it`, async (room) => {
    room.server.on("/it", { body });
    const pictures = await room.open();
    assertEquals(refused(await pictures.get(room.at("/it"))).reason, "not_a_picture");
    assertEquals([...Deno.readDirSync(room.folder)].map(({ name }) => name), ["lock"]);
  }, native);
}

const TAIL = text("PK\x03\x04<script>alert(1)</script>");
for (const [type, whole] of Object.entries({ jpg: jpeg(), png: png(30, 20), webp: TINY_WEBP })) {
  picturesTest(`what stands behind the end of a ${type} is left behind`, async (room) => {
    const pictures = await room.open();
    for (const [path, cut] of [["/at-once", 1e6], ["/in-pieces", 1]] as const) {
      const body = concat([whole, TAIL, new Uint8Array(cut === 1 ? 200_000 : 0)]);
      room.server.on(path, { body });
      const picture = served(await pictures.get(room.at(path)));
      assertEquals([picture.type, picture.size], [type, whole.length]);
      assertEquals(await pictures.read(picture), new Uint8Array(whole));
    }
  });
}

picturesTest("picture that says where it was taken is written anew, without that", async (room) => {
  const { default: sharp } = await import("sharp");
  const exif = { IFD3: { GPSLatitude: "55/1 45/1 0/1" }, IFD0: { Artist: "Ivan" } };
  const drawn = sharp({ create: { width: 300, height: 200, channels: 3, background: "#3060a0" } })
    .withExif(exif);
  const told = {
    "/jpg": await drawn.clone().withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg()
      .toBuffer(),
    "/png": await drawn.clone().png().toBuffer(),
    "/webp": await drawn.clone().webp().toBuffer(),
  };
  const pictures = await room.open();
  for (const [path, made] of Object.entries(told)) {
    const body = new Uint8Array(made);
    assert(new TextDecoder("latin1").decode(body).includes("Ivan"), path);
    room.server.on(path, { body });
    const picture = served(await pictures.get(room.at(path)));
    const upright = path === "/jpg" ? [200, 300] : [300, 200];
    assertEquals([picture.type, picture.width, picture.height], ["jpg", ...upright], path);
    const bytes = await pictures.read(picture) ?? new Uint8Array();
    assertEquals((await sharp(bytes).metadata()).exif, undefined);
    assert(!("odd" in picture));
  }
}, native);

picturesTest("of several frames the first is kept, as a picture of its own", async (room) => {
  const animated = concat([
    ...[BEGIN, ihdr(30, 20), chunk("acTL", Uint8Array.of(0, 0, 0, 2, 0, 0, 0, 0))],
    ...[idat(30, 20), IEND],
  ]);
  room.server.on("/it", { body: animated });
  const pictures = await room.open();
  const { type, width, height } = served(await pictures.get(room.at("/it")));
  assertEquals([type, width, height], ["jpg", 30, 20]);
}, native);

picturesTest("sizes that are told are the decoder's", async (room) => {
  const { default: sharp } = await import("sharp");
  const bodies = {
    ...{ jpg: jpeg(), png: png(30, 20), webp: TINY_WEBP, canvas: webpOn(16, 12) },
    late: concat([BEGIN, ihdr(30, 20), idat(30, 20), ihdr(60, 40), IEND]),
    ...{
      stray: jpegWith(Uint8Array.of(0xff, 0xfe, 0, 2), text("stray")),
      twice: concat([jpeg(), jpegWith(frame(99, 99))]),
    },
  };
  const pictures = await room.open();
  for (const [path, body] of Object.entries(bodies)) {
    room.server.on(`/${path}`, { body });
    const picture = served(await pictures.get(room.at(`/${path}`)));
    const bytes = await pictures.read(picture) ?? new Uint8Array();
    const decoded = await sharp(bytes, { failOn: "warning" }).raw()
      .toBuffer({ resolveWithObject: true });
    const { width, height } = decoded.info;
    assertEquals([picture.width, picture.height], [width, height], path);
  }
}, native);
