/** Pictures by their sha256, to be uploaded piece by piece. */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { OpenPictures } from "../../src/pictures/open_pictures.ts";
import { until } from "../bot/until.ts";
import { picturesTest, refused, served } from "./given_pictures.ts";
import { concat, jpeg } from "./picture_bytes.ts";

/** All of it, and the longest piece; null where there is no such picture. */
async function readAll(pictures: OpenPictures, sha256: string) {
  using file = await pictures.open(sha256);
  if (file === null) return null;
  const pieces = await Array.fromAsync(file.chunks());
  return { bytes: concat(pieces), longest: Math.max(...pieces.map(({ length }) => length)) };
}

picturesTest("picture is read by its sha256 in pieces, also after a restart", async (room) => {
  const body = jpeg(1_000_000);
  room.server.on("/cat", { body });
  const first = await room.open();
  const { sha256 } = served(await first.get(room.at("/cat")));
  const read = await readAll(first, sha256);
  assertEquals(read?.bytes, body);
  assert(read !== null && read.longest <= 64 * 1024);
  assertEquals(await readAll(first, "0".repeat(64)), null);
  await first.close();
  assertEquals((await readAll(await room.open(), sha256))?.bytes, body);
});

picturesTest("picture that may not be kept is there until it has gone up", async (room) => {
  room.server.on("/cat", { body: jpeg(), headers: { "cache-control": "no-store" } });
  const pictures = await room.open();
  const { sha256, cached } = served(await pictures.get(room.at("/cat")));
  assertEquals([cached, (await readAll(pictures, sha256))?.bytes], [false, jpeg()]);
});

picturesTest("picture of two addresses is there as long as one of them is", async (room) => {
  const pictures = await room.open({ ttl_ms: 1 });
  for (const path of ["/a", "/b"]) room.server.on(path, { body: jpeg() });
  const [a, b] = [
    served(await pictures.get(room.at("/a"))),
    served(await pictures.get(room.at("/b"))),
  ];
  for (const [path, kept, there] of [["/a", a, true], ["/b", b, false]] as const) {
    await until(
      "its time is over",
      () => Date.now() > (Deno.statSync(kept.path).mtime?.getTime() ?? 0) + 10,
    );
    // It is another one now, which may not be kept.
    room.server.on(path, { body: jpeg(2_000), headers: { "cache-control": "no-store" } });
    served(await pictures.get(room.at(path)));
    assertEquals(await readAll(pictures, a.sha256) !== null, there);
  }
});

picturesTest("file that somebody has changed is not read to its end", async (room) => {
  room.server.on("/cat", { body: jpeg() });
  const pictures = await room.open();
  const { sha256, path } = served(await pictures.get(room.at("/cat")));
  using file = await pictures.open(sha256);
  await Deno.writeFile(path, jpeg(500));
  await assertRejects(() => Array.fromAsync(file?.chunks() ?? []), Error, "it changed");
});

picturesTest("file that is given up in the middle is closed", async (room) => {
  room.server.on("/cat", { body: jpeg(300_000) });
  const pictures = await room.open();
  const { sha256 } = served(await pictures.get(room.at("/cat")));
  const file = await pictures.open(sha256);
  const pieces = file?.chunks()[Symbol.asyncIterator]();
  await pieces?.next();
  file?.[Symbol.dispose]();
  await assertRejects(async () => await pieces?.next());
});

picturesTest(
  "picture that is late is the kept one, else it is late; it comes all the same",
  async (room) => {
    const { promise, resolve: arrive } = Promise.withResolvers<void>();
    room.server.on("/cat", { body: jpeg(), after_that: promise });
    const pictures = await room.open();
    const late = refused(await pictures.getWithin(room.at("/cat"), 20));
    assertEquals(late.reason, "late");
    arrive();
    assertEquals(served(await pictures.getWithin(room.at("/cat"), 60_000)).from, "fetched");
    assertEquals(served(await pictures.getWithin(room.at("/cat"), 60_000)).from, "fresh");
    assertEquals(refused(await pictures.getWithin("ftp://x", 60_000)).reason, "bad_url");
    assertEquals(room.server.asked.length, 1);
  },
);
