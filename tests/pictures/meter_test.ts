import { assert, assertEquals } from "@std/assert";
import { Popularity } from "../../src/pictures/popularity.ts";
import { picturesTest } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

picturesTest("what happens is counted and timed", async (room) => {
  room.server.on("/cat", { body: jpeg(5_000) });
  const pictures = await room.open();
  for (const path of ["/cat", "/cat", "/cat", "/dog"]) await pictures.get(room.at(path));
  const readings = pictures.readings();
  const { hit, miss, refused, bytes_fetched } = readings.counters;
  assertEquals([hit, miss, refused, bytes_fetched], [2, 2, 1, jpeg(5_000).length]);
  assertEquals([readings.now.pictures, readings.now.bytes], [1, jpeg(5_000).length]);
  const { hit_ms, fetch_ms } = readings.histograms;
  assertEquals([hit_ms.count, fetch_ms.count], [2, 2]);
  for (const { le, count, sum_ms } of [hit_ms, fetch_ms]) {
    assertEquals(le, le.toSorted((a, b) => a - b));
    assertEquals(le.at(-1), count);
    assert(sum_ms > 0);
  }
});

Deno.test("the more a picture is asked for the longer it is fresh, within bounds", () => {
  const popularity = new Popularity({ ttl_ms: 1_000_000, ttl_factor_max: 3 });
  assertEquals(popularity.ttlOf("cat"), 1_000_000);
  let last_ms = 0;
  for (let uses = 1; uses <= 4_000; uses++) {
    popularity.use("cat");
    if (uses === 3 || uses === 30) {
      const ttl_ms = popularity.ttlOf("cat");
      assert(ttl_ms > last_ms && ttl_ms > 1_000_000 && ttl_ms < 3_000_000, `${ttl_ms} ms`);
      last_ms = ttl_ms;
    }
  }
  assertEquals(popularity.ttlOf("cat"), 3_000_000);
  assertEquals(popularity.popular(9), ["cat"]);
});

Deno.test("popularity outlives a restart, and takes nothing that it did not write", () => {
  const popularity = new Popularity({ ttl_ms: 1_000_000, ttl_factor_max: 3 });
  for (let i = 0; i < 9; i++) popularity.use("cat");
  popularity.use("dog");
  const next = new Popularity({ ttl_ms: 1_000_000, ttl_factor_max: 3 });
  for (const text of ["", "{", "7", '[["bird"]]', '[[1, {"score": 9, "at_ms": 9}]]']) {
    next.restore(text);
  }
  assertEquals(next.popular(9), []);
  next.restore(popularity.save());
  assertEquals(next.popular(9), ["cat"]);
});
