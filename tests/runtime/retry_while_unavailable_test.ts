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

Deno.test("waits for the database double up to five seconds, or half of it by chance", async () => {
  const longest = [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000];
  for (const [chance, share] of [[0, 0.5], [0.5, 0.75], [1, 1]] as const) {
    const told: number[] = [];
    const retry = openRetryWhileUnavailable({
      signal: new AbortController().signal,
      onUnavailable: (error, again_ms) => {
        assert(error instanceof StoreUnavailable);
        told.push(again_ms);
      },
    });
    const waits = await withInstantTimers(chance, async () => {
      assertEquals(await retry(failing(longest.length)), "done");
    });
    assertEquals(waits, longest.map((ms) => ms * share));
    assertEquals(told, waits);
  }
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
