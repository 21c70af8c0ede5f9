import { assert, assertEquals, assertLessOrEqual, assertNotEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { type Photo, refitPhoto } from "../../src/cards/photo.ts";
import { testPixels } from "./test_pixels.ts";

type Rgb = [red: number, green: number, blue: number];
type Format = "jpeg" | "png" | "webp" | "gif" | "tiff";

for (const format of ["jpeg", "png", "webp"] as const) {
  testPixels(`photo in ${format} is kept as a JPEG named by its sha256`, async () => {
    const photo = kept(await refitPhoto(await paint(300, 200, [200, 30, 30], format)));
    assertEquals([photo.width, photo.height, photo.type], [300, 200, "image/jpeg"]);
    assertEquals((await metadata(photo.bytes)).format, "jpeg");
    const digest = await crypto.subtle.digest("SHA-256", photo.bytes);
    assertEquals(photo.sha256, new Uint8Array(digest).toHex());
    assertNear(await pixelAt(photo.bytes, 150, 100), [200, 30, 30]);
  });

  testPixels(`photo in ${format} that was cut short is refused as broken`, async () => {
    const whole = await paint(600, 600, "noise", format);
    assertEquals(await refitPhoto(whole.slice(0, whole.length / 2)), { refused: "broken" });
    assertEquals(await refitPhoto(whole.slice(0, 40)), { refused: "broken" });
  });
}

testPixels("same file gives the same photo, another file another", async () => {
  const file = await paint(700, 500, "noise", "png");
  const [first, again] = [kept(await refitPhoto(file)), kept(await refitPhoto(file))];
  const other = kept(await refitPhoto(await paint(700, 500, [9, 9, 9], "png")));
  assertEquals(first.sha256, again.sha256);
  assertEquals(first.bytes, again.bytes);
  assertNotEquals(first.sha256, other.sha256);
});

testPixels("photo larger than 2560 px is made smaller in its proportions", async () => {
  const photo = kept(await refitPhoto(await paint(4000, 3000, [10, 90, 40], "jpeg")));
  assertEquals([photo.width, photo.height], [2560, 1920]);
});

testPixels("photo is never enlarged", async () => {
  const photo = kept(await refitPhoto(await paint(1, 1, [10, 90, 40], "png")));
  assertEquals([photo.width, photo.height], [1, 1]);
});

testPixels("photo of noise, which compresses worst, still fits into 2 MB", async () => {
  const photo = kept(await refitPhoto(await paint(2560, 2560, "noise", "jpeg")));
  assertLessOrEqual(photo.bytes.length, 2 * 1024 * 1024);
});

testPixels("photo is turned as its EXIF says, and its EXIF dropped", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  // The left half is red; orientation 6 turns it to the top.
  const halves = sharp(await paint(200, 200, [255, 0, 0], "png"))
    .extend({ right: 200, background: "#0000ff" });
  const file = await halves.withExif({ IFD0: { Artist: "Ivan", Orientation: "6" } })
    .withMetadata({ orientation: 6 }).jpeg().toBuffer();
  assert(new TextDecoder("latin1").decode(file).includes("Exif"));
  const photo = kept(await refitPhoto(file));
  assertEquals([photo.width, photo.height], [200, 400]);
  assertNear(await pixelAt(photo.bytes, 100, 50), [255, 0, 0]);
  assertNear(await pixelAt(photo.bytes, 100, 350), [0, 0, 255]);
  const { exif, icc, orientation } = await metadata(photo.bytes);
  assertEquals([exif, icc, orientation], [undefined, undefined, undefined]);
});

testPixels("transparent photo is put on white", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const file = await sharp({ create: { width: 50, height: 50, channels: 4, background } })
    .png().toBuffer();
  const photo = kept(await refitPhoto(file));
  assertNear(await pixelAt(photo.bytes, 25, 25), [255, 255, 255]);
});

testPixels("white on transparency is put on black, and stays to be seen", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const square = (colour: string) =>
    sharp({ create: { width: 30, height: 30, channels: 3, background: colour } }).png().toBuffer();
  const around: Record<string, number> = {
    "#ffffff": 0,
    "#fffbe0": 0,
    "#c04020": 255,
    "#000000": 255,
  };
  for (const [colour, brightness] of Object.entries(around)) {
    for (const format of ["png", "webp"] as const) {
      const file = await sharp({ create: { width: 90, height: 90, channels: 4, background } })
        .composite([{ input: await square(colour) }]).toFormat(format).toBuffer();
      const photo = kept(await refitPhoto(file));
      assertNear(await pixelAt(photo.bytes, 3, 3), [brightness, brightness, brightness]);
    }
  }
});

testPixels("JPEG without its end marker is kept, one that lacks more is refused", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const noise = await paint(200, 150, "noise", "png");
  for (const progressive of [false, true]) {
    const whole = new Uint8Array(await sharp(noise).jpeg({ progressive }).toBuffer());
    const photo = kept(await refitPhoto(whole));
    for (const cut of [1, 2]) {
      assertEquals(kept(await refitPhoto(whole.slice(0, -cut))).sha256, photo.sha256);
    }
    for (const cut of [3, 9, 90, 900]) {
      assertEquals(await refitPhoto(whole.slice(0, -cut)), { refused: "broken" });
    }
    assertEquals(kept(await refitPhoto(new Uint8Array([...whole, 1, 2]))).sha256, photo.sha256);
  }
});

testPixels("grey, 16-bit and CMYK photos are kept too", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const source = await paint(64, 64, [120, 120, 120], "png");
  for (
    const file of [
      await sharp(source).greyscale().png().toBuffer(),
      await sharp(source).toColourspace("rgb16").png().toBuffer(),
      await sharp(source).toColourspace("cmyk").jpeg().toBuffer(),
    ]
  ) {
    const photo = kept(await refitPhoto(file));
    assertNear(await pixelAt(photo.bytes, 32, 32), [120, 120, 120], 20);
  }
});

const NOT_IMAGES: Record<string, string> = {
  "nothing": "",
  "an SVG": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect/></svg>',
  "an SVG with an XML head": '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
  "a page": "<!doctype html><title>Hi</title>",
  "a PDF": "%PDF-1.7\n",
  "an AVIF": "\0\0\0\x1cftypavif\0\0\0\0avifmif1",
  "a BMP": "BM\x46\0\0\0",
  "a video": "\0\0\0\x20ftypisom",
  "a WAV": "RIFF\x24\0\0\0WAVEfmt ",
  "a text": "Мухомор",
  "two bytes of a JPEG": "\xff\xd8",
};

for (const [name, text] of Object.entries(NOT_IMAGES)) {
  Deno.test(`${name} is refused as not an image`, async () => {
    const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0) & 255);
    assertEquals(await refitPhoto(bytes), { refused: "not_an_image" });
  });
}

for (const brand of ["heic", "heix", "hevc", "mif1", "msf1"]) {
  Deno.test(`HEIC of the brand ${brand} is refused as what it is`, async () => {
    const bytes = new TextEncoder().encode(`\0\0\0\x18ftyp${brand}\0\0\0\0mif1heic`);
    assertEquals(await refitPhoto(bytes), { refused: "heic" });
  });
}

Deno.test("file of more than 20 MB is refused before it is looked at", async () => {
  const bytes = new Uint8Array(20 * 1024 * 1024 + 1);
  assertEquals(await refitPhoto(bytes), { refused: "too_big" });
  assertEquals(await refitPhoto(bytes.subarray(1)), { refused: "not_an_image" });
});

testPixels("GIF, TIFF and SVG are refused, whatever bytes stand before them", async () => {
  for (const format of ["gif", "tiff"] as const) {
    const file = await paint(9, 9, [1, 2, 3], format);
    assertEquals(await refitPhoto(file), { refused: "not_an_image" });
  }
  const svg = new TextEncoder().encode(NOT_IMAGES["an SVG"]);
  const { sharp } = await import("../../src/cards/pixels.ts");
  const opened = await sharp(svg).metadata().then(() => "opened", () => "shut");
  assertEquals(opened, "shut");
  assertEquals(
    await refitPhoto(new Uint8Array([0xff, 0xd8, 0xff, ...svg])),
    { refused: "broken" },
  );
});

testPixels("bomb of 2.5 billion pixels in a small PNG is refused within a second", async () => {
  const start = performance.now();
  const bomb = blackPng(50_000, 50_000, 100);
  assertEquals(await refitPhoto(bomb), { refused: "too_many_pixels" });
  assertLessOrEqual(performance.now() - start, 1000);
});

testPixels("photo of just over 50 megapixels is refused, of 50 is kept", async () => {
  assertEquals(await refitPhoto(blackPng(10_001, 5000, 5000)), { refused: "too_many_pixels" });
  const photo = kept(await refitPhoto(blackPng(10_000, 5000, 5000)));
  assertEquals([photo.width, photo.height], [2560, 1280]);
});

testPixels("photo longer than 20 of its widths is refused, of 20 is kept", async () => {
  for (const [width, height] of [[2010, 100], [100, 2010]] as const) {
    const file = await paint(width, height, [1, 2, 3], "png");
    assertEquals(await refitPhoto(file), { refused: "too_narrow" });
  }
  const photo = kept(await refitPhoto(await paint(200, 4000, [1, 2, 3], "png")));
  assertEquals([photo.width, photo.height], [128, 2560]);
});

testPixels("dozen photos at once are all refitted", async () => {
  const files = await Promise.all(
    Array.from({ length: 12 }, (_, i) => paint(900 + i, 700, "noise", "jpeg")),
  );
  const photos = await Promise.all(files.map(refitPhoto));
  assertEquals(photos.map((it) => kept(it).width), files.map((_, i) => 900 + i));
});

async function paint(width: number, height: number, fill: Rgb | "noise", format: Format) {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const data = new Uint8Array(width * height * 3);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    data[i] = fill === "noise" ? state >> 16 : fill[i % 3]!;
  }
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  return new Uint8Array(await image.toFormat(format).toBuffer());
}

/** A PNG that claims `height` rows and holds `rows` of them, all black. */
function blackPng(width: number, height: number, rows: number): Uint8Array {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 1); // one bit, grey
  const data = deflateSync(new Uint8Array(rows * (1 + Math.ceil(width / 8))));
  const chunks = [
    chunk("IHDR", new Uint8Array(header.buffer)),
    chunk("IDAT", data),
    chunk("IEND", new Uint8Array()),
  ];
  return new Uint8Array([0x89, ...new TextEncoder().encode("PNG\r\n\x1a\n"), ...chunks.flat()]);
}

function chunk(type: string, data: Uint8Array): number[] {
  const body = [...new TextEncoder().encode(type), ...data];
  let crc = -1;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return [...bigEndian(data.length), ...body, ...bigEndian(~crc)];
}

function bigEndian(value: number): number[] {
  return [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

async function metadata(bytes: Uint8Array) {
  const { sharp } = await import("../../src/cards/pixels.ts");
  return await sharp(bytes).metadata();
}

async function pixelAt(bytes: Uint8Array, left: number, top: number): Promise<number[]> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const pixel = sharp(bytes).extract({ left, top, width: 1, height: 1 }).toColourspace("srgb");
  return [...await pixel.raw().toBuffer()];
}

function assertNear(actual: number[], expected: Rgb, tolerance = 6): void {
  const near = expected.every((value, i) => Math.abs(value - actual[i]!) <= tolerance);
  assert(near, `expected about ${expected}, found ${actual}`);
}

function kept(result: Awaited<ReturnType<typeof refitPhoto>>): Photo {
  assert(!("refused" in result), `expected a photo, found ${JSON.stringify(result)}`);
  return result;
}
