import { assert, assertEquals, assertRejects } from "@std/assert";
import { openRetryWhileUnavailable } from "../../src/runtime/retry_while_unavailable.ts";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { withInstantTimers } from "../instant_timers.ts";

const away = () => Promise.reject(new StoreUnavailable("away"));

/** Work that fails so many times, and then says "done". */
function failing(times: number) {
  let failures = 0;
  return () => failures++ < times ? away() : Promise.resolve("done");
}

Deno.test("waits for the database double each time, up to five seconds, and say so", async () => {
  const told: number[] = [];
  const retry = openRetryWhileUnavailable({
    signal: new AbortController().signal,
    onUnavailable: (error, again_ms) => {
      assert(error instanceof StoreUnavailable);
      told.push(again_ms);
    },
  });
  const waits = await withInstantTimers(async () => {
    assertEquals(await retry(failing(10)), "done");
  });
  const longest = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, 5_000];
  assertEquals(told, waits);
  assertEquals(
    told.map((ms, at) => ms >= longest[at]! / 2 && ms <= longest[at]!),
    longest.map(() => true),
  );
});

Deno.test("processes that lost the same database do not come back at the same moment", async () => {
  const retry = openRetryWhileUnavailable({
    signal: new AbortController().signal,
    onUnavailable() {},
  });
  const waits = await withInstantTimers(() =>
    Promise.all(Array.from({ length: 20 }, () => retry(failing(1))))
  );
  assert(new Set(waits).size > 1);
});

Deno.test("what is wrong with the work itself is thrown at once", async () => {
  let tries = 0;
  const retry = openRetryWhileUnavailable({
    signal: new AbortController().signal,
    onUnavailable: () => assert(false),
  });
  await assertRejects(
    () =>
      retry(() => {
        tries++;
        return Promise.reject(new TypeError("a defect"));
      }),
    TypeError,
    "a defect",
  );
  assertEquals(tries, 1);
});

Deno.test("waiting for the database ends with the process", async () => {
  const ending = new AbortController();
  const told: number[] = [];
  const retry = openRetryWhileUnavailable({
    signal: ending.signal,
    onUnavailable: (_, again_ms) => {
      told.push(again_ms);
      ending.abort(new Error("the process is ending"));
    },
  });
  await assertRejects(() => retry(away), Error, "the process is ending");
  // Whoever fails when it has ended is not told of another wait.
  await assertRejects(() => retry(away), Error, "the process is ending");
  assertEquals(told.length, 1);
});
