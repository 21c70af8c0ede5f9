import { assert, assertEquals } from "@std/assert";
import { needs } from "../permissions.ts";
import { permissions, picturesTest, refused, served } from "./given_pictures.ts";
import { png, pngOf } from "./picture_bytes.ts";

const native = permissions || needs({ name: "ffi" });

const unfit: Record<string, () => Uint8Array> = {
  "over 10 MB": () => png(3_400, 3_400, { noise: true }),
  "over 10,000 px in sum": () => png(6_000, 4_100),
  "longer than 20 times its width": () => png(3_000, 40),
  "narrower than a twentieth": () => png(20, 900),
};
for (const [what, make] of Object.entries(unfit)) {
  picturesTest(`picture ${what} is resized to what Telegram takes`, async (room) => {
    const body = make();
    room.server.on("/it", { body });
    const pictures = await room.open();
    const fitted = served(await pictures.get(room.at("/it")));
    const { width, height, size, type } = fitted;
    assertEquals([type, fitted.from], ["jpg", "fetched"]);
    assert(size <= 10_000_000 && width + height <= 10_000, `${width}×${height}, ${size}`);
    assert(Math.max(width, height) / Math.min(width, height) <= 20, `${width}×${height}`);
    const bytes = await pictures.read(fitted);
    assertEquals([bytes?.length, bytes?.[0], bytes?.[1]], [size, 0xff, 0xd8]);
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes ?? new Uint8Array()));
    assertEquals(hash.toHex(), fitted.sha256);
    assertEquals(pictures.readings().counters.resized, 1);
    assertEquals(served(await pictures.get(room.at("/it"))).from, "fresh");
  }, native);
}

picturesTest("picture that Telegram takes is untouched", async (room) => {
  const body = png(5_000, 5_000);
  room.server.on("/it", { body });
  const pictures = await room.open();
  const { type, size } = served(await pictures.get(room.at("/it")));
  assertEquals([type, size, pictures.readings().counters.resized], ["png", body.length, 0]);
});

picturesTest("picture that is to be resized but cannot be decoded is refused", async (room) => {
  room.server.on("/it", { body: pngOf(6_000, 5_000, new Uint8Array(99)) });
  const pictures = await room.open();
  assertEquals(refused(await pictures.get(room.at("/it"))).reason, "not_a_picture");
  const left = [...Deno.readDirSync(room.folder)].map(({ name }) => name);
  assertEquals(left, ["lock"]);
}, native);

picturesTest(
  "picture that lacks its end only is mended, one that lacks more is not",
  async (room) => {
    const { default: sharp } = await import("sharp");
    const noise = png(120, 90, { noise: true });
    const jpeg = new Uint8Array(await sharp(noise).jpeg().toBuffer());
    const cuts = { "/jpg": jpeg.slice(0, -2), "/png": noise.slice(0, -12) };
    const pictures = await room.open();
    for (const [path, body] of Object.entries(cuts)) {
      room.server.on(path, { body });
      const mended = served(await pictures.get(room.at(path)));
      assertEquals([mended.type, mended.width, mended.height], ["jpg", 120, 90]);
      const bytes = await pictures.read(mended);
      assertEquals(bytes?.slice(-2), Uint8Array.of(0xff, 0xd9));
      assert(!("lacks_end" in mended));
      assertEquals(served(await pictures.get(room.at(path))).from, "fresh");
    }
    for (const body of [jpeg.slice(0, -3), jpeg.slice(0, -400), noise.slice(0, -90)]) {
      room.server.on("/less", { body });
      assertEquals(refused(await pictures.get(room.at("/less"))).reason, "broken_off");
    }
    room.server.on("/lost", {
      body: jpeg.slice(0, -2),
      headers: { "content-length": "999999" },
      then: "close",
    });
    assertEquals(refused(await pictures.get(room.at("/lost"))).reason, "broken_off");
  },
  native,
);

picturesTest("white picture on transparency is fitted on black, another on white", async (room) => {
  const { default: sharp } = await import("sharp");
  const background = { r: 0, g: 0, b: 0, alpha: 0 };
  const pictures = await room.open();
  for (const [colour, around] of [["#ffffff", 0], ["#3060a0", 255]] as const) {
    const drawn = await sharp({
      create: { width: 400, height: 60, channels: 3, background: colour },
    })
      .png().toBuffer();
    const body = await sharp({ create: { width: 3_000, height: 100, channels: 4, background } })
      .composite([{ input: drawn }]).png().toBuffer();
    room.server.on(`/${around}`, { body });
    const fitted = served(await pictures.get(room.at(`/${around}`)));
    const bytes = await pictures.read(fitted) ?? new Uint8Array();
    const corner = await sharp(bytes).extract({ left: 2, top: 2, width: 1, height: 1 }).raw()
      .toBuffer();
    assert(Math.abs((corner[0] ?? 128) - around) < 8, `${corner[0]}`);
  }
}, native);
