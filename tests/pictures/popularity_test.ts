import { assert, assertEquals } from "@std/assert";
import { Popularity } from "../../src/pictures/popularity.ts";

const TTL_MS = 1_000_000;

Deno.test("popularity fades: what was asked for long ago is as if it never had been", () => {
  const popularity = new Popularity({ ttl_ms: TTL_MS, ttl_factor_max: 4 });
  const used = (url: string, ago_ms: number) => [url, { score: 40, at_ms: Date.now() - ago_ms }];
  popularity.restore(JSON.stringify([used("lately", 0), used("once", 20 * TTL_MS)]));
  assertEquals(popularity.popular(10), ["lately"]);
  assert(popularity.ttlOf("lately") > 2 * TTL_MS);
  assert(popularity.ttlOf("once") < 1.01 * TTL_MS);
  popularity.use("once");
  assert(popularity.ttlOf("once") < 1.3 * TTL_MS);
});
