/** Files that one reader takes for something else than another does: what becomes of them as photos. */
import { assert, assertEquals } from "@std/assert";
import { refitPhoto } from "../../src/cards/photo.ts";
import { chunk, concat, png } from "../pictures/picture_bytes.ts";
import { testPixels } from "./test_pixels.ts";

const TAIL = new TextEncoder().encode("PK\x03\x04<script>alert(1)</script>");

async function draw(format: "jpeg" | "png" | "webp"): Promise<Uint8Array> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const create = { width: 300, height: 200, channels: 3, background: "#3060a0" } as const;
  const exif = { IFD0: { Artist: "Ivan" }, IFD3: { GPSLatitude: "55/1 45/1 0/1" } };
  return new Uint8Array(await sharp({ create }).withExif(exif).toFormat(format).toBuffer());
}

for (const format of ["jpeg", "png", "webp"] as const) {
  testPixels(`photo in ${format} is kept without what stands in it and behind it`, async () => {
    const file = await draw(format);
    const photo = await refitPhoto(file);
    assert(!("refused" in photo));
    const text = new TextDecoder("latin1").decode(photo.bytes);
    assert(!text.includes("Ivan") && !text.includes("Exif"));
    assertEquals([photo.width, photo.height], [300, 200]);
    assertEquals(await refitPhoto(concat([file, TAIL])), photo);
  });
}

testPixels("JPEG with another frame before its own is broken, of whatever size", async () => {
  const file = await draw("jpeg");
  const at = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
  for (const side of [65_535, 100]) {
    const frame = file.slice(at, at + 19);
    new DataView(frame.buffer).setUint16(5, side);
    new DataView(frame.buffer).setUint16(7, side);
    const forged = concat([file.subarray(0, at), frame, file.subarray(at)]);
    assertEquals(await refitPhoto(forged), { refused: "broken" });
  }
});

testPixels("PNG without pixels or with two headers is broken", async () => {
  const whole = png(30, 20);
  const [begin, header, end] = [whole.subarray(0, 8), whole.subarray(8, 33), whole.slice(-12)];
  assertEquals(await refitPhoto(concat([begin, header, end])), { refused: "broken" });
  const empty = chunk("IDAT", new Uint8Array());
  assertEquals(await refitPhoto(concat([begin, header, empty, end])), { refused: "broken" });
  const twice = concat([begin, header, header, whole.subarray(33)]);
  assertEquals(await refitPhoto(twice), { refused: "broken" });
});
