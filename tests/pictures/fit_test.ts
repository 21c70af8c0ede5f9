import { assert, assertEquals } from "@std/assert";
import { needs } from "../database.ts";
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
