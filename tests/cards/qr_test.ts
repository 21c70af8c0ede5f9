import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { mintCode } from "../../src/cards/mint_code.ts";
import { drawQr, readQr } from "../../src/cards/qr.ts";
import { testPixels } from "./test_pixels.ts";

const LINK = "https://t.me/amanita_bot?start=v_7F3K9QZX2M0A8VBWN1HZ";

testPixels("QR of any code's link is read back exactly by an independent reader", async () => {
  for (const bot of ["amanita_bot", "a_bot", "the_longest_name_a_bot_can_have"]) {
    const link = `https://t.me/${bot}?start=v_${mintCode()}`;
    assertEquals(await readQr(await drawQr(link)), [link]);
  }
});

testPixels("QR is a PNG of 600 to 800 px with a white border of four modules", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const { data, info } = await sharp(await drawQr(LINK)).toColourspace("b-w").raw()
    .toBuffer({ resolveWithObject: true });
  assertEquals(info.width, info.height);
  assertGreater(info.width, 600);
  assertLess(info.width, 800);
  const isDark = (x: number, y: number) => data[y * info.width + x]! < 128;
  const module = info.width / 45;
  const first = Array.from({ length: info.width }, (_, i) => i).find((i) => isDark(i, i));
  assertEquals(first, 4 * module);
});

testPixels("same text gives the same picture", async () => {
  assertEquals(await drawQr(LINK), await drawQr(LINK));
});

Deno.test("QR of anything but printable ASCII is refused", async () => {
  for (const text of ["", "привет", "a\nb"]) {
    await assertRejects(() => drawQr(text), RangeError, "expected printable ASCII");
  }
});

/** How a phone spoils a picture; sizes in px, angles in degrees. */
type Photographed = {
  qr: number;
  canvas: [width: number, height: number];
  turn?: number;
  shear?: number;
  blur?: number;
  light?: number;
  format?: "jpeg" | "png" | "webp";
};

const PHOTOGRAPHED: Record<string, Photographed> = {
  "turned by 5 degrees": { qr: 500, canvas: [1600, 1200], turn: 5 },
  "turned by 20 degrees and blurred": { qr: 500, canvas: [1600, 1200], turn: 20, blur: 4 },
  "upside down": { qr: 500, canvas: [1600, 1200], turn: 187, blur: 1 },
  "seen from the side": { qr: 600, canvas: [2000, 1500], turn: 8, shear: 0.25, blur: 1 },
  "taken in the evening": { qr: 600, canvas: [2000, 1500], turn: 8, blur: 2, light: 0.07 },
  "taken in the dark": { qr: 600, canvas: [2000, 1500], turn: 8, blur: 2, light: 0.03 },
  "small in a big picture": { qr: 180, canvas: [4000, 3000], turn: 7, blur: 0.8 },
  "near and out of focus": { qr: 2000, canvas: [4000, 3000], turn: 7, blur: 12 },
  "very much out of focus": { qr: 500, canvas: [1600, 1200], turn: 5, blur: 7.5 },
  "sent as PNG": { qr: 300, canvas: [900, 700], turn: 10, format: "png" },
  "sent as WebP": { qr: 300, canvas: [900, 700], turn: 10, format: "webp" },
};

for (const [name, how] of Object.entries(PHOTOGRAPHED)) {
  testPixels(`QR is read from a photo ${name}`, async () => {
    assertEquals(await readQr(await photograph(how)), [LINK]);
  });
}

/** A picture of the QR in which only what is dark or only what is light is drawn, in a colour. */
async function cutOut(only: "dark" | "light", colour: number): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const { data, info } = await sharp(await drawQr(LINK)).toColourspace("b-w").raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(data.length * 4);
  data.forEach((grey, i) => {
    pixels.fill(colour, 4 * i, 4 * i + 3);
    pixels[4 * i + 3] = only === "dark" ? 255 - grey : grey;
  });
  const { width, height } = info;
  return await sharp(pixels, { raw: { width, height, channels: 4 } }).png().toBuffer();
}

testPixels("QR is read from what is drawn on nothing, in white or in black", async () => {
  assertEquals(await readQr(await cutOut("dark", 255)), [LINK]);
  assertEquals(await readQr(await cutOut("light", 255)), [LINK]);
  assertEquals(await readQr(await cutOut("dark", 0)), [LINK]);
});

testPixels("QR is read from a JPEG without its end marker", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const whole = new Uint8Array(await sharp(await drawQr(LINK)).jpeg().toBuffer());
  assertEquals(await readQr(whole.slice(0, -2)), [LINK]);
});

testPixels("two codes in one photo are both read, even if one is small", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const [large, small] = await Promise.all([
    sharp(await drawQr("https://example.com")).resize(1400).toBuffer(),
    sharp(await drawQr(LINK)).resize(240).toBuffer(),
  ]);
  const photo = await sharp({
    create: { width: 3600, height: 2400, channels: 3, background: "#b9a88a" },
  })
    .composite([{ input: large, left: 100, top: 300 }, { input: small, left: 2800, top: 1800 }])
    .jpeg({ quality: 70 }).toBuffer();
  assertEquals(sorted(await readQr(photo)), [LINK, "https://example.com"].sort());
});

testPixels("all 24 codes of a sheet of labels are read", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const links = Array.from({ length: 24 }, () => `https://t.me/a_bot?start=v_${mintCode()}`);
  const labels = await Promise.all(links.map(async (link, i) => ({
    input: await sharp(await drawQr(link)).resize(360).toBuffer(),
    left: (i % 6) * 400 + 20,
    top: Math.floor(i / 6) * 400 + 20,
  })));
  const sheet = await sharp({
    create: { width: 2400, height: 1600, channels: 3, background: "#fff" },
  })
    .composite(labels).jpeg({ quality: 85 }).toBuffer();
  assertEquals(sorted(await readQr(sheet)), links.toSorted());
});

testPixels("nothing is read from a photo without a code", async () => {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const create = { width: 900, height: 900, channels: 3, background: "#446644" } as const;
  assertEquals(await readQr(await sharp({ create }).jpeg().toBuffer()), []);
});

testPixels("nothing is read from a damaged photo, nor from what is no photo", async () => {
  const photo = await photograph({ qr: 500, canvas: [900, 700] });
  assertEquals(await readQr(photo.slice(0, photo.length / 2)), []);
  assertEquals(await readQr(new TextEncoder().encode("<svg/>")), []);
  assertEquals(await readQr(new Uint8Array()), []);
});

const sorted = (read: Awaited<ReturnType<typeof readQr>>) =>
  "refused" in read ? read : read.toSorted();

/** The QR of `LINK` on a table, as a phone would see it. */
async function photograph(how: Photographed): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const table = "#b9a88a";
  const [width, height] = how.canvas;
  const turned = await sharp(await drawQr(LINK)).resize(how.qr).toColourspace("srgb").png()
    .toBuffer().then((it) => sharp(it).rotate(how.turn ?? 0, { background: table }).png())
    .then((it) => it.toBuffer());
  const shear = how.shear ?? 0;
  const seen = await sharp(turned)
    .affine([[1, shear], [shear / 2, 1 - shear / 2]], { background: table })
    .png().toBuffer({ resolveWithObject: true });
  const left = Math.floor((width - seen.info.width) * 0.6);
  const top = Math.floor((height - seen.info.height) * 0.4);
  const whole = await sharp({ create: { width, height, channels: 3, background: table } })
    .composite([{ input: seen.data, left, top }]).png().toBuffer();
  const spoilt = sharp(whole).linear(how.light ?? 1, 4);
  if (how.blur) spoilt.blur(how.blur);
  return new Uint8Array(await spoilt.toFormat(how.format ?? "jpeg", { quality: 60 }).toBuffer());
}
