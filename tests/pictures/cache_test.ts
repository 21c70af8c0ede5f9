import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { DiskCache } from "../../src/pictures/cache/disk_cache.ts";
import { openMeter } from "../../src/pictures/meter.ts";
import { aheadBy } from "../ahead_by.ts";
import { until } from "../bot/until.ts";
import { picturesTest, refused, type Room, served } from "./given_pictures.ts";
import { jpeg, png } from "./picture_bytes.ts";

const ETAG = { etag: '"v1"', "last-modified": "Thu, 01 Jan 2026 00:00:00 GMT" };
const age = async (path: string, by_ms: number) => {
  const then = new Date(Date.now() - by_ms);
  await Deno.utime(path, then, then);
};
const filesIn = (folder: string) =>
  [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name !== "lock" && name !== "popular.json").toSorted();

/** A cat in the cache, as it was fetched; its pictures are closed again. */
async function keepCat(room: Room, body = jpeg(5_000)) {
  room.server.on("/cat", { body, headers: ETAG });
  const pictures = await room.open();
  const cat = served(await pictures.get(room.at("/cat")));
  await pictures.close();
  return cat;
}

picturesTest("stale picture is asked about, and touched when it is the same", async (room) => {
  const { path } = await keepCat(room);
  await age(path, 2 * 86_400_000);
  room.server.on("/cat", { status: 304, headers: { "content-length": "" } });
  const begin_ms = Date.now();
  const pictures = await room.open();
  assertEquals(served(await pictures.get(room.at("/cat"))).from, "revalidated");
  const { headers } = room.server.asked.at(-1) ?? { headers: new Map() };
  assertEquals(headers.get("if-none-match"), '"v1"');
  assertEquals(headers.get("if-modified-since"), ETAG["last-modified"]);
  assertEquals(served(await pictures.get(room.at("/cat"))).from, "fresh");
  const { mtime } = await Deno.stat(path);
  // A disk's clock may be some milliseconds behind.
  assert((mtime?.getTime() ?? 0) > begin_ms - 1_000);
});

picturesTest("stale picture is replaced by a newer one, of another kind too", async (room) => {
  const { path, sha256 } = await keepCat(room);
  await age(path, 2 * 86_400_000);
  room.server.on("/cat", { body: png(16, 12) });
  const pictures = await room.open();
  const newer = served(await pictures.get(room.at("/cat")));
  assertEquals([newer.from, newer.type], ["fetched", "png"]);
  assertNotEquals(newer.sha256, sha256);
  assertEquals(filesIn(room.folder).map((name) => name.slice(32)), [".json", ".png"]);
});

picturesTest("picture is served stale when its origin is down, and says so", async (room) => {
  const { path } = await keepCat(room);
  await age(path, 2 * 86_400_000);
  for (const status of [500, 503, 429]) {
    room.server.on("/cat", { status });
    const pictures = await room.open();
    const stale = served(await pictures.get(room.at("/cat")));
    assert(stale.from === "stale", stale.from);
    assert(stale.because.sentence.includes(`the host answers ${status}`), stale.because.sentence);
    await pictures.close();
  }
  await room.server.close();
  const pictures = await room.open();
  const stale = served(await pictures.get(room.at("/cat")));
  assert(stale.from === "stale" && stale.because.reason === "broken_off");
  assertEquals(await pictures.read(stale), jpeg(5_000));
});

picturesTest("picture that is gone is refused, though a stale one is there", async (room) => {
  const { path } = await keepCat(room);
  await age(path, 2 * 86_400_000);
  room.server.on("/cat", { status: 410 });
  assertEquals(refused(await (await room.open()).get(room.at("/cat"))).reason, "not_found");
});

type Harm = (path: string) => Promise<void>;
const harms: Record<string, Harm> = {
  "truncated": (path) => Deno.truncate(path, 1_000),
  "altered in one bit": async (path) => {
    const bytes = await Deno.readFile(path);
    bytes[4_000] = (bytes[4_000] ?? 0) ^ 1;
    await Deno.writeFile(path, bytes);
  },
  "removed": (path) => Deno.remove(path),
  "somebody else's": (path) => Deno.writeFile(path, jpeg(5_000, 7)),
  "no picture any more": (path) => Deno.writeTextFile(path, "<svg/>".repeat(999)),
  "a folder": async (path) => {
    await Deno.remove(path);
    await Deno.mkdir(path);
  },
  "without a sidecar": (path) => Deno.remove(path.replace(".jpg", ".json")),
  "with a broken sidecar": (path) => Deno.writeTextFile(path.replace(".jpg", ".json"), '{"url":'),
};
for (const [how, harm] of Object.entries(harms)) {
  picturesTest(`file that is ${how} is fetched again after a restart`, async (room) => {
    const { path, sha256 } = await keepCat(room);
    await harm(path);
    const again = served(await (await room.open()).get(room.at("/cat")));
    assertEquals([again.from, again.sha256], ["fetched", sha256]);
    assertEquals(await Deno.readFile(again.path), jpeg(5_000));
  });
}
for (const how of ["truncated", "altered in one bit", "removed"]) {
  picturesTest(`file that is ${how} is noticed within a second, and never read`, async (room) => {
    room.server.on("/cat", { body: jpeg(5_000) });
    const pictures = await room.open();
    const cat = served(await pictures.get(room.at("/cat")));
    using _ = aheadBy(1_100);
    await harms[how]?.(cat.path);
    assertEquals(served(await pictures.get(room.at("/cat"))).from, "fetched");
    assertEquals(pictures.readings().counters.corrupt, 1);
  });
}

picturesTest("what a killed process left behind is removed, and nothing else", async (room) => {
  const { path } = await keepCat(room);
  const name = "0".repeat(32);
  for (const file of ["tmp-7", `${name}.jpg`, `${"1".repeat(32)}.json`, "notes.txt"]) {
    await Deno.writeTextFile(`${room.folder}/${file}`, "x");
  }
  await room.open();
  const kept = path.split("/").at(-1) ?? "";
  assertEquals(filesIn(room.folder), [kept, kept.replace("jpg", "json"), "notes.txt"].toSorted());
});

picturesTest("cache's folder has one owner", async (room) => {
  const first = await room.open();
  const error = await room.open().then(() => null, (error: Error) => error);
  assertEquals(error?.name, "FolderInUse");
  assert(error?.message.includes(`process ${Deno.pid} owns it`), error?.message);
  await first.close();
  await room.open();
});

picturesTest("longest unused picture goes first when there are too many bytes", async (room) => {
  const pictures = await room.open({ max_bytes: 35_000 });
  const get = async (path: string) => served(await pictures.get(room.at(path))).from;
  for (const path of ["/a", "/b", "/c", "/d"]) room.server.on(path, { body: jpeg(10_000) });
  for (const path of ["/a", "/b", "/c"]) await get(path);
  assertEquals(await get("/a"), "fresh");
  assertEquals(await get("/d"), "fetched");
  assertEquals([await get("/a"), await get("/c"), await get("/d")], ["fresh", "fresh", "fresh"]);
  assertEquals(await get("/b"), "fetched");
  const { counters, now } = pictures.readings();
  assertEquals([counters.evicted, now.pictures], [2, 3]);
});

picturesTest("minimum of free space is kept by giving up pictures", async (room) => {
  const meter = openMeter();
  let missing = 0;
  const cache = await DiskCache.open({
    ...{ folder: room.folder, max_bytes: 1e9, meter, ttl_ms: () => 1e6, keep_stale_ms: 0 },
    space: { missing: () => missing },
  });
  const keep = async (url: string) => {
    const path = cache.newPath();
    await Deno.writeFile(path, jpeg(10_000));
    const described = { type: "jpg", width: 16, height: 12, sha256: "0".repeat(64) } as const;
    const size = jpeg(10_000).length;
    return cache.keep(url, {
      ...described,
      size,
      path,
      etag: null,
      last_modified: null,
      no_store: false,
    });
  };
  for (const url of ["a", "b", "c"]) await keep(url);
  missing = 15_000;
  await keep("d");
  assertEquals([await cache.find("a"), await cache.find("b")], [null, null]);
  assertEquals((await cache.find("d"))?.kept.url, "d");
  missing = 1e9;
  await keep("e");
  assertEquals([cache.size, (await cache.find("e"))?.kept.url], [1, "e"]);
  await cache.close();
});

picturesTest("picture that may no longer be kept is not", async (room) => {
  const { path } = await keepCat(room);
  await age(path, 2 * 86_400_000);
  room.server.on("/cat", { body: jpeg(), headers: { "cache-control": "no-store" } });
  const pictures = await room.open();
  assertEquals(served(await pictures.get(room.at("/cat"))).cached, false);
  assertEquals(filesIn(room.folder).filter((name) => !name.startsWith("tmp-")), []);
});

picturesTest(
  "folder that is removed under way is done without until it can be made again",
  async (room) => {
    for (const path of ["/cat", "/dog"]) room.server.on(path, { body: jpeg() });
    const pictures = await room.open();
    served(await pictures.get(room.at("/cat")));
    await Deno.remove(room.folder, { recursive: true });
    const dog = served(await pictures.get(room.at("/dog")));
    assertEquals(dog.cached, false);
    assertEquals(await pictures.read(dog), jpeg());
    await pictures.sweep();
    const again = served(await pictures.get(room.at("/dog")));
    assertEquals([again.from, again.cached], ["fetched", true]);
    assertEquals(filesIn(room.folder).length, 2);
    assertEquals(await room.open().catch(({ name }) => name), "FolderInUse");
  },
);

picturesTest("expired pictures are swept, stale ones are kept", async (room) => {
  room.server.on("/old", { body: jpeg() });
  const { path } = await keepCat(room);
  const first = await room.open();
  const old = served(await first.get(room.at("/old"))).path;
  await first.close();
  await age(old, 9 * 86_400_000);
  await age(path, 2 * 86_400_000);
  const pictures = await room.open();
  assertEquals(await pictures.sweep(), 1);
  const names = filesIn(room.folder);
  assertEquals(names.length, 2);
  assert(names.includes(path.split("/").at(-1) ?? ""));
});

picturesTest("two URLs with one name do not answer for each other", async (room) => {
  const meter = openMeter();
  const cache = await DiskCache.open({
    ...{ folder: room.folder, max_bytes: 1e9, meter, ttl_ms: () => 1e6, keep_stale_ms: 0 },
    ...{ space: { missing: () => 0 }, nameOf: () => "f".repeat(32) },
  });
  for (const url of ["one", "two"]) {
    const path = cache.newPath();
    await Deno.writeTextFile(path, url);
    const described = {
      type: "jpg",
      width: 1,
      height: 1,
      sha256: "0".repeat(64),
      size: 3,
    } as const;
    cache.keep(url, { ...described, path, etag: null, last_modified: null, no_store: false });
  }
  assertEquals(await cache.find("one"), null);
  assertEquals((await cache.find("two"))?.kept.url, "two");
  assertEquals([cache.size, cache.bytes], [1, 3]);
  await cache.close();
});

picturesTest(
  "picture that is replaced while it is read is not taken for the old one",
  async (room) => {
    const cache = await DiskCache.open({
      ...{ folder: room.folder, max_bytes: 1e9, meter: openMeter(), ttl_ms: () => 1e6 },
      ...{ keep_stale_ms: 0, space: { missing: () => 0 } },
    });
    const bytes = [jpeg(300_000, 1), jpeg(300_000, 2)];
    const write = async (version: number) => {
      const path = cache.newPath();
      await Deno.writeFile(path, bytes[version] ?? new Uint8Array());
      const sha256 = String(version).repeat(64);
      const size = bytes[version]?.length ?? 0;
      const described = { type: "jpg", width: 16, height: 12, sha256, size } as const;
      return { ...described, path, etag: null, last_modified: null, no_store: false };
    };
    for (let i = 0; i < 60; i++) {
      const old = cache.keep("cat", await write(0));
      const newer = await write(1);
      const reading = cache.read(old);
      cache.keep("cat", newer);
      const read = await reading;
      assert(read === null || read[read.length - 1] === bytes[0]?.at(-1));
      assert(read === null || new DataView(read.buffer).getUint32(6) === 1, "the newer one");
    }
    await cache.close();
  },
);

picturesTest("nobody reads a mixture while pictures are replaced", async (room) => {
  let version = 0;
  // All of one size, so that nothing but their bytes tells them apart.
  room.server.on("/cat", () => ({ body: jpeg(20_000, version++) }));
  const pictures = await room.open({ ttl_ms: 1, ttl_factor_max: 1 });
  let reading = true;
  let reads = 0;
  const reader = async () => {
    for (; reading; reads++) {
      const cat = served(await pictures.get(room.at("/cat")));
      const bytes = await pictures.read(cat);
      if (bytes === null) continue;
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
      assertEquals(hash, cat.sha256);
    }
  };
  const readers = Promise.all([reader(), reader(), reader()]);
  await until("150 versions were served", () => version >= 150);
  reading = false;
  await readers;
  assert(reads >= 100, `${reads} reads`);
  assertEquals(pictures.readings().counters.corrupt, 0);
});
