import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { picturesTest, refused, served } from "./given_pictures.ts";
import { jpeg, png, pngOf, TINY_WEBP } from "./picture_bytes.ts";

async function sha256Of(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(bytes))).toHex();
}

picturesTest("picture is a local file with its type, size, sha256 and origin", async (room) => {
  const kinds = [["jpg", jpeg(5_000)], ["png", png(16, 12)], ["webp", TINY_WEBP]] as const;
  const pictures = await room.open();
  for (const [type, bytes] of kinds) {
    room.server.on(`/${type}`, { body: bytes });
    const first = served(await pictures.get(room.at(`/${type}`)));
    const { path, size, sha256, width, height, from } = first;
    assertEquals([first.type, size, width, height, from], [type, bytes.length, 16, 12, "fetched"]);
    assertEquals(sha256, await sha256Of(bytes));
    assertEquals(await Deno.readFile(path), new Uint8Array(bytes));
    assertEquals(await pictures.read(first), new Uint8Array(bytes));
    assertEquals(served(await pictures.get(room.at(`/${type}`))).from, "fresh");
  }
  assertEquals(room.server.asked.length, 3);
});

picturesTest("picture lies in {md5(url)} with a sidecar", async (room) => {
  const url = room.at("/cat");
  const headers = { etag: '"one"', "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };
  room.server.on("/cat", { body: jpeg(), headers });
  const { path } = served(await (await room.open()).get(url));
  const { createHash } = await import("node:crypto");
  const name = createHash("md5").update(url).digest("hex");
  assertEquals(path, `${room.folder}/${name}.jpg`);
  const sidecar = JSON.parse(await Deno.readTextFile(`${room.folder}/${name}.json`));
  assertEquals(sidecar.url, url);
  assertEquals([sidecar.etag, sidecar.last_modified], Object.values(headers));
  assertEquals(sidecar.sha256, await sha256Of(jpeg()));
  assertEquals(sidecar.size, jpeg().length);
});

const wrong: Record<string, [string, { body: Uint8Array | string }]> = {
  "an HTML page": ["not_a_picture", { body: `<!doctype html><title>${"x".repeat(99)}</title>` }],
  "an SVG": ["not_a_picture", { body: `<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>` }],
  "a GIF": ["not_a_picture", { body: `GIF89a${"\0".repeat(99)}` }],
  "nothing": ["not_a_picture", { body: "" }],
  "a few bytes": ["not_a_picture", { body: jpeg().subarray(0, 10) }],
  "half a JPEG": ["broken_off", { body: jpeg(5_000).subarray(0, 2_500) }],
  "half a PNG": ["broken_off", { body: png(90, 90, { noise: true }).subarray(0, 2_500) }],
  "half a WebP": ["broken_off", { body: TINY_WEBP.subarray(0, 40) }],
  "a bomb of 2500 megapixels": ["too_many_pixels", { body: pngOf(50_000, 50_000, png(9, 9)) }],
  "51 megapixels": ["too_many_pixels", { body: pngOf(10_200, 5_000, png(9, 9)) }],
};
for (const [what, [reason, answer]] of Object.entries(wrong)) {
  picturesTest(`${what} is no picture, and leaves no file`, async (room) => {
    room.server.on("/it", { ...answer, headers: { "content-type": "image/png" } });
    const pictures = await room.open();
    assertEquals(refused(await pictures.get(room.at("/it"))).reason, reason);
    const left = [...Deno.readDirSync(room.folder)].map(({ name }) => name).filter((name) =>
      name !== "lock"
    );
    assertEquals(left, []);
  });
}

picturesTest("picture of more than 20 MB is refused by its announced length", async (room) => {
  room.server.on("/it", { headers: { "content-length": "20000001" }, body: jpeg(), then: "hang" });
  const { reason, sentence } = refused(await (await room.open()).get(room.at("/it")));
  assertEquals(reason, "too_large");
  assertStringIncludes(sentence, "larger than 20 MB");
});

picturesTest("endless picture is cut at 20 MB", async (room) => {
  room.server.on("/it", {
    headers: { "content-length": "" },
    body: jpeg(1_000).subarray(0, 900),
    then: "for_ever",
  });
  assertEquals(refused(await (await room.open()).get(room.at("/it"))).reason, "too_large");
});

picturesTest("picture that is shorter or longer than announced is cut", async (room) => {
  const body = jpeg(4_000);
  room.server.on("/short", { headers: { "content-length": "9000" }, body, then: "close" });
  room.server.on("/long", { headers: { "content-length": "3000" }, body });
  const pictures = await room.open();
  assertEquals(refused(await pictures.get(room.at("/short"))).reason, "broken_off");
  assertEquals(refused(await pictures.get(room.at("/long"))).reason, "broken_off");
});

picturesTest(
  "no-store is respected: the file is not in the cache and goes at the end",
  async (room) => {
    room.server.on("/it", { body: jpeg(), headers: { "cache-control": "private, no-store" } });
    const pictures = await room.open();
    const first = served(await pictures.get(room.at("/it")));
    assertEquals([first.cached, first.from], [false, "fetched"]);
    assertEquals(await pictures.read(first), jpeg());
    assertEquals(served(await pictures.get(room.at("/it"))).from, "fetched");
    assertEquals(room.server.asked.length, 2);
    await pictures.close();
    assert(!await Deno.stat(first.path).then(() => true, () => false));
  },
);

picturesTest("redirects are followed, relative ones too, and a loop is refused", async (room) => {
  const { server } = room;
  server.on("/one", { status: 302, headers: { location: "/two" } });
  server.on("/two", { status: 308, headers: { location: room.at("/cat") } });
  server.on("/cat", { body: jpeg() });
  server.on("/loop", { status: 301, headers: { location: "/loop" } });
  const pictures = await room.open();
  assertEquals(served(await pictures.get(room.at("/one"))).url, room.at("/one"));
  assertEquals(refused(await pictures.get(room.at("/loop"))).reason, "redirects");
  assertEquals(server.asked.filter(({ path }) => path === "/loop").length, 6);
});

picturesTest("fragment is no part of a picture's address", async (room) => {
  room.server.on("/cat", { body: jpeg() });
  const pictures = await room.open();
  served(await pictures.get(room.at("/cat#left")));
  assertEquals(served(await pictures.get(room.at("/cat#right"))).from, "fresh");
});
