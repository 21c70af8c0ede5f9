import { assert, assertEquals, assertGreater } from "@std/assert";
import { chanceOf } from "../../src/cards/chance.ts";
import { drawCardPicture, drawPackagedPicture } from "../../src/cards/draw_picture.ts";
import { refitPhoto } from "../../src/cards/photo.ts";
import { drawQr, readQr } from "../../src/cards/qr.ts";
import { testPixels } from "./test_pixels.ts";

testPixels("demo card is a JPEG of 1200 by 1600 px that can be kept as a photo", async () => {
  const picture = await drawCardPicture("demo-1");
  const photo = await refitPhoto(picture);
  assert(!("refused" in photo));
  assertEquals([photo.width, photo.height], [1200, 1600]);
});

testPixels("same seed gives the same card, another seed another at a glance", async () => {
  const [first, again, second, third] = await Promise.all(
    ["demo-1", "demo-1", "demo-2", "demo-3"].map(drawCardPicture),
  );
  assertEquals(first, again);
  for (const [one, other] of [[first, second], [second, third], [first, third]] as const) {
    assertGreater(await difference(one!, other!), 25);
  }
});

testPixels("code on a packaged demo card is read, also from a small copy", async () => {
  const link = "https://t.me/amanita_bot?start=v_7F3K9QZX2M0A8VBWN1HZ";
  const picture = await drawPackagedPicture("demo-1", await drawQr(link));
  assertEquals(await readQr(picture), [link]);
  const { sharp } = await import("../../src/cards/pixels.ts");
  assertEquals(await readQr(await sharp(picture).resize(640).jpeg().toBuffer()), [link]);
});

Deno.test("chance of a seed is even between its bounds and the same each time", () => {
  const counts = new Array(8).fill(0);
  const chance = chanceOf("amanita");
  for (let i = 0; i < 8000; i++) counts[Math.floor(chance.between(0, 8))] += 1;
  for (const count of counts) assert(Math.abs(count - 1000) < 150, `expected 1000, found ${count}`);
  assertEquals(chanceOf("a").between(0, 1), chanceOf("a").between(0, 1));
});

/** The mean difference of two pictures' channels, seen from afar: 0 to 255. */
async function difference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const [a, b] = await Promise.all(
    [one, other].map((it) => sharp(it).resize(30, 40, { fit: "fill" }).raw().toBuffer()),
  );
  return a!.reduce((sum, value, i) => sum + Math.abs(value - b![i]!), 0) / a!.length;
}
