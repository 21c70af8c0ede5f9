/** Pictures that several processes share in a real Redis, which is never an error for anybody. */
import { assert, assertEquals, assertLess } from "@std/assert";
import { Buffer } from "node:buffer";
import type { OpenPictures } from "../../src/pictures/open_pictures.ts";
import type { PicturesOptions } from "../../src/pictures/limits.ts";
import { until } from "../bot/until.ts";
import { permissions, picturesTest, refused, type Room, served } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";
import { type RedisServer, startRedis, whyNoRedis } from "./redis_server.ts";

interface Shared {
  room: Room;
  redis: RedisServer;
  /** A process on a machine of its own: nothing but Redis is common to two of them. */
  machine(options?: Partial<PicturesOptions>): Promise<OpenPictures>;
}

const MAX_BYTES = 1_000_000;

function sharedTest(name: string, body: (given: Shared) => Promise<void>): void {
  picturesTest(name, async (room) => {
    await using redis = await startRedis();
    let machines = 0;
    await body({
      room,
      redis,
      machine: (options = {}) =>
        room.open({
          folder: `${room.folder}_${++machines}`,
          redis: { url: redis.url, max_bytes: MAX_BYTES, pause_ms: 1 },
          ...options,
        }),
    });
  }, permissions || whyNoRedis());
}

const shares = (pictures: OpenPictures, count: number) =>
  until(
    `${count} pictures are shared`,
    () => pictures.readings().counters.shared_kept === count,
  );

sharedTest("picture that one machine has fetched is asked of nobody by others", async (given) => {
  const { room } = given;
  const body = jpeg(200_000);
  room.server.on("/cat?signature=secret", { body, headers: { etag: '"v1"' } });
  const url = room.at("/cat?signature=secret");
  const [first, second] = [await given.machine(), await given.machine()];
  const fetched = served(await first.get(url));
  assertEquals(fetched.from, "fetched");
  await shares(first, 1);
  const shared = served(await second.get(url));
  assertEquals([shared.from, shared.sha256, shared.etag], ["shared", fetched.sha256, '"v1"']);
  assertEquals(await second.read(shared), body);
  assertEquals(served(await second.get(url)).from, "fresh");
  assertEquals(room.server.asked.length, 1);
  assertEquals(second.readings().counters.shared_hit, 1);
});

sharedTest("key of a picture tells nothing of its address, and ends by itself", async (given) => {
  const { room, redis } = given;
  room.server.on("/cat?signature=secret", { body: jpeg() });
  const pictures = await given.machine({ ttl_ms: 10_000, ttl_factor_max: 1 });
  served(await pictures.get(room.at("/cat?signature=secret")));
  await shares(pictures, 1);
  const keys = await redis.ask("KEYS", "*");
  assert(Array.isArray(keys) && keys.length === 4, String(keys));
  for (const key of keys.map(String)) {
    const left_ms = Number(await redis.ask("PTTL", key));
    assert(left_ms > 10_000 && left_ms <= 20_000, `${key}: ${left_ms}`);
    const type = await redis.ask("TYPE", key);
    const held = type === "hash" ? await redis.ask("HGETALL", key) : "";
    const said = `${key} ${JSON.stringify(held)}`;
    assert(!said.includes("signature") && !said.includes(String(room.server.port)), said);
  }
});

sharedTest(
  "time of a shared picture goes on where another process takes it over",
  async (given) => {
    const { room } = given;
    room.server.on("/cat", { body: jpeg() });
    const options = { ttl_ms: 100_000, ttl_factor_max: 1 };
    const [first, second] = [await given.machine(options), await given.machine(options)];
    const { path } = served(await first.get(room.at("/cat")));
    await shares(first, 1);
    const { path: taken } = served(await second.get(room.at("/cat")));
    const [told, kept] = [path, taken].map((it) => Deno.statSync(it).mtime?.getTime() ?? 0);
    assertLess(Math.abs((told ?? 0) - (kept ?? 0)), 1_000);
  },
);

sharedTest(
  "copy whose time is over is asked about, and shown where its origin is down",
  async (given) => {
    const { room } = given;
    room.server.on(
      "/cat",
      ({ headers }) =>
        headers.has("if-none-match")
          ? { status: 304 }
          : { body: jpeg(), headers: { etag: '"v1"' } },
    );
    const first = await given.machine({ ttl_ms: 60_000 });
    const { sha256 } = served(await first.get(room.at("/cat")));
    await shares(first, 1);
    // For this one it is over at once.
    const second = await given.machine({ ttl_ms: 1 });
    assertEquals(served(await second.get(room.at("/cat"))).from, "revalidated");
    room.server.on("/cat", { status: 503 });
    const third = await given.machine({ ttl_ms: 1, retry: { base_ms: 1, cap_ms: 1 } });
    const stale = served(await third.get(room.at("/cat")));
    assertEquals([stale.from, stale.sha256], ["stale", sha256]);
  },
);

sharedTest("what another process has asked about stays fresh without its bytes", async (given) => {
  const { room } = given;
  room.server.on("/cat", { body: jpeg() });
  const [first, second] = [await given.machine(), await given.machine()];
  await first.get(room.at("/cat"));
  await shares(first, 1);
  const { path } = served(await second.get(room.at("/cat")));
  const then = new Date(Date.now() - 2 * 86_400_000);
  await second.close();
  await Deno.utime(path, then, then);
  await given.redis.ask("HDEL", await keyOf(given.redis), "body");
  const again = await room.open({
    folder: path.replace(/\/[^/]*$/, ""),
    redis: { url: given.redis.url, max_bytes: MAX_BYTES },
  });
  assertEquals(served(await again.get(room.at("/cat"))).from, "shared");
  assertEquals(served(await again.get(room.at("/cat"))).from, "fresh");
  assertEquals(room.server.asked.length, 1);
});

sharedTest(
  "pictures never take more than they may, and the first to end give way",
  async (given) => {
    const { room, redis } = given;
    const pictures = await given.machine();
    for (let i = 0; i < 8; i++) {
      room.server.on(`/${i}`, { body: jpeg(200_000, i) });
      served(await pictures.get(room.at(`/${i}`)));
      await shares(pictures, i + 1);
      const bytes = Number(await redis.ask("GET", "{amanita:pictures}:bytes"));
      assert(bytes > 0 && bytes <= MAX_BYTES, `${bytes} bytes`);
    }
    const other = await given.machine();
    assertEquals(served(await other.get(room.at("/7"))).from, "shared");
    assertEquals(served(await other.get(room.at("/0"))).from, "fetched");
  },
);

sharedTest("picture of more than 5 MB stays on the disk", async (given) => {
  const { room, redis } = given;
  room.server.on("/large", { body: jpeg(5_100_000) });
  const pictures = await given.machine({ redis: { url: redis.url, max_bytes: 50_000_000 } });
  assertEquals(served(await pictures.get(room.at("/large"))).from, "fetched");
  await pictures.close();
  assertEquals(await redis.ask("DBSIZE"), 0);
});

sharedTest("what may not be kept is not shared", async (given) => {
  const { room, redis } = given;
  room.server.on("/cat", { body: jpeg(), headers: { "cache-control": "no-store" } });
  const pictures = await given.machine();
  served(await pictures.get(room.at("/cat")));
  await pictures.close();
  assertEquals(await redis.ask("DBSIZE"), 0);
});

sharedTest("picture that somebody has changed there is fetched anew", async (given) => {
  const { room, redis } = given;
  room.server.on("/cat", { body: jpeg() });
  const first = await given.machine();
  await first.get(room.at("/cat"));
  await shares(first, 1);
  const key = await keyOf(redis);
  const forged = Buffer.from(jpeg(1_000, 5));
  assertEquals(forged.length, jpeg().length);
  for (
    const [field, value] of [
      ...[["body", forged], ["body", "\xff\xd8\xff"]] as const,
      ...["{}", "[]", "{"].map((value) => ["info", value] as const),
    ]
  ) {
    await redis.ask("HSET", key, field, value);
    const pictures = await given.machine();
    const fetched = served(await pictures.get(room.at("/cat")));
    assertEquals([fetched.from, await pictures.read(fetched)], ["fetched", jpeg()]);
    assertEquals(pictures.readings().counters.shared_failed, 1);
  }
});

/** Of the one picture that is there. */
async function keyOf(redis: RedisServer): Promise<string> {
  const keys = await redis.ask("KEYS", "*");
  return (Array.isArray(keys) ? keys.map(String) : []).find((it) => /[0-9a-f]{64}/.test(it)) ?? "";
}

/** What happens to Redis, and what of it the counters tell. */
const TROUBLES: Readonly<Record<string, (redis: RedisServer) => unknown>> = {
  "down": (redis) => redis.kill(),
  "slow": (redis) => redis.freeze(),
  "full": (redis) => redis.ask("CONFIG", "SET", "maxmemory", "1"),
  "closed to us": (redis) => redis.ask("CONFIG", "SET", "requirepass", "another"),
};

for (const [name, trouble] of Object.entries(TROUBLES)) {
  sharedTest(`Redis that is ${name} is a counter, and an error for nobody`, async (given) => {
    const { room, redis } = given;
    const before = await given.machine();
    room.server.on("/before", { body: jpeg(1_000, 99) });
    served(await before.get(room.at("/before")));
    await shares(before, 1);
    await trouble(redis);
    const begun = performance.now();
    for (const pictures of [before, await given.machine()]) {
      for (let i = 0; i < 6; i++) {
        room.server.on(`/${i}`, { body: jpeg(1_000, i) });
        assertEquals(served(await pictures.get(room.at(`/${i}`))).from, "fetched");
      }
      await pictures.close();
      const { shared_failed, shared_away } = pictures.readings().counters;
      // A connection that stood before the password changed goes on.
      if (name !== "closed to us" || pictures !== before) assert(shared_failed + shared_away > 0);
    }
    assertLess(performance.now() - begun, 30_000);
    redis.thaw();
  });
}

sharedTest("Redis that was emptied is filled again", async (given) => {
  const { room, redis } = given;
  room.server.on("/cat", { body: jpeg() });
  const first = await given.machine();
  await first.get(room.at("/cat"));
  await shares(first, 1);
  await redis.ask("FLUSHALL");
  await redis.ask("SCRIPT", "FLUSH");
  assertEquals(served(await (await given.machine()).get(room.at("/cat"))).from, "fetched");
  await until("it is shared again", async () => Number(await redis.ask("DBSIZE")) === 4);
  assertEquals(served(await (await given.machine()).get(room.at("/cat"))).from, "shared");
});

sharedTest("Redis that was down is used again when it is back", async (given) => {
  const { room, redis } = given;
  const pictures = await given.machine();
  await redis.kill();
  room.server.on("/0", { body: jpeg() });
  served(await pictures.get(room.at("/0")));
  await redis.start();
  let asked = 0;
  await until("it is used again", async () => {
    const path = `/again/${++asked}`;
    room.server.on(path, { body: jpeg(1_000, asked) });
    served(await pictures.get(room.at(path)));
    return pictures.readings().counters.shared_kept > 0;
  });
});

sharedTest("refusal is shared with nobody", async (given) => {
  const pictures = await given.machine();
  assertEquals(refused(await pictures.get(given.room.at("/nothing"))).reason, "not_found");
  await pictures.close();
  assertEquals(await given.redis.ask("DBSIZE"), 0);
});
