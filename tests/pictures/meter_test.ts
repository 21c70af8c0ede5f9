import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { answerJob } from "../../src/pictures/answer_job.ts";
import { exposition } from "../../src/pictures/meter.ts";
import { Popularity } from "../../src/pictures/popularity.ts";
import { picturesTest, served } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

picturesTest("what happens is counted, as Prometheus reads it", async (room) => {
  room.server.on("/cat", { body: jpeg(5_000) });
  const pictures = await room.open();
  for (const path of ["/cat", "/cat", "/cat", "/dog"]) await pictures.get(room.at(path));
  const readings = pictures.readings();
  const { hit, miss, refused, bytes_fetched } = readings.counters;
  assertEquals([hit, miss, refused, bytes_fetched], [2, 2, 1, jpeg(5_000).length]);
  assertEquals([readings.now.pictures, readings.now.bytes], [1, jpeg(5_000).length]);
  const text = exposition(readings);
  assertStringIncludes(text, "amanita_pictures_hit_total 2\n");
  assertStringIncludes(text, "# TYPE amanita_pictures_now_pictures gauge\n");
  assertStringIncludes(text, "\namanita_pictures_now_pictures 1\n");
  assertStringIncludes(text, "# TYPE amanita_pictures_fetch_seconds histogram\n");
  assertStringIncludes(text, 'amanita_pictures_hit_seconds_bucket{le="+Inf"} 2\n');
});

picturesTest("answer of a job is a fact without a path", async (room) => {
  const url = room.at("/cat");
  room.server.on("/cat", { body: jpeg(5_000) });
  const pictures = await room.open();
  const result = served(await pictures.get(url));
  const { sha256, type, size, width, height } = result;
  const metadata = { url, sha256, type, size, width, height };
  assertEquals(answerJob(url, result), {
    type: "PictureFetched",
    data: { ...metadata, from: "fetched" },
  });
  const because = { is: "refused", reason: "timeout", sentence: "Too late." } as const;
  assertEquals(answerJob(url, { ...result, from: "stale", because }), {
    type: "PictureServedStale",
    data: { ...metadata, reason: "timeout" },
  });
  assertEquals(answerJob(url, because), {
    type: "PictureFailed",
    data: { url, reason: "timeout" },
  });
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
