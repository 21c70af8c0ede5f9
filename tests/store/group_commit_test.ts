import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { setImmediate } from "node:timers";
import { groupCommit } from "../../src/store/group_commit.ts";

interface Request {
  key: string;
  n: number;
}

/** A group commit whose batches end when the test says so. */
function held(options: { batch_max?: number; flights_max?: number } = {}) {
  const batches: { requests: readonly Request[]; land: () => void; crash: (e: Error) => void }[] =
    [];
  const commit = groupCommit<Request, number>({
    keyOf: ({ key }) => key,
    flush: (requests) => {
      const { promise, resolve, reject } = Promise.withResolvers<number[]>();
      batches.push({ requests, land: () => resolve(requests.map(({ n }) => n)), crash: reject });
      return promise;
    },
    retriesAlone: (error) => !(error instanceof RangeError),
    ...options,
  });
  return { commit, batches };
}

/** One turn of the event loop further. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const numbers = (requests: readonly Request[] | undefined) => requests?.map(({ n }) => n);

Deno.test("lone request goes at once, and those of one turn go together", async () => {
  const { commit, batches } = held();
  const first = commit.submit({ key: "a", n: 1 });
  await turn();
  const others = [2, 3, 4].map((n) => commit.submit({ key: `k${n}`, n }));
  await turn();
  assertEquals(batches.map(({ requests }) => numbers(requests)), [[1], [2, 3, 4]]);
  for (const { land } of batches) land();
  assertEquals(await Promise.all([first, ...others]), [1, 2, 3, 4]);
});

Deno.test("what comes while all flights are out waits, and then goes as one", async () => {
  const { commit, batches } = held({ flights_max: 2 });
  const submitted: Promise<number>[] = [];
  for (let n = 0; n < 10; n++) {
    submitted.push(commit.submit({ key: `k${n}`, n }));
    await turn();
  }
  assertEquals(batches.map(({ requests }) => numbers(requests)), [[0], [1]]);
  batches[0]?.land();
  await submitted[0];
  await turn();
  assertEquals(numbers(batches[2]?.requests), [2, 3, 4, 5, 6, 7, 8, 9]);
  batches[1]?.land();
  batches[2]?.land();
  assertEquals(await Promise.all(submitted), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

Deno.test("crowd is spread over the flights that are free", async () => {
  const { commit, batches } = held({ flights_max: 2 });
  const submitted = Array.from({ length: 41 }, (_, n) => commit.submit({ key: `k${n}`, n }));
  await turn();
  assertEquals(batches.map(({ requests }) => requests.length), [21, 20]);
  for (const { land } of batches) land();
  assertEquals(await Promise.all(submitted), Array.from({ length: 41 }, (_, n) => n));
});

Deno.test("fifteen go as one, and sixteen are a crowd", async () => {
  for (const { many, sizes } of [{ many: 15, sizes: [15] }, { many: 16, sizes: [8, 8] }]) {
    const { commit, batches } = held({ flights_max: 2 });
    const submitted = Array.from({ length: many }, (_, n) => commit.submit({ key: `k${n}`, n }));
    await turn();
    assertEquals(batches.map(({ requests }) => requests.length), sizes);
    for (const { land } of batches) land();
    await Promise.all(submitted);
  }
});

Deno.test("requests with one key go one batch after the other, in their order", async () => {
  const { commit, batches } = held({ flights_max: 1 });
  const keys = ["a", "a", "b", "a", "b"];
  const submitted = keys.map((key, n) => commit.submit({ key, n }));
  await turn();
  for (let i = 0; i < 3; i++) {
    batches[i]?.land();
    await Promise.all(batches[i]!.requests.map(({ n }) => submitted[n]));
    await turn();
  }
  assertEquals(batches.map(({ requests }) => numbers(requests)), [[0, 2], [1, 4], [3]]);
  assertEquals(await Promise.all(submitted), [0, 1, 2, 3, 4]);
});

Deno.test("failed batch is tried again one by one, so that the culprit fails alone", async () => {
  const flushed: number[][] = [];
  const commit = groupCommit<Request, number>({
    keyOf: ({ key }) => key,
    flush: (requests) => {
      flushed.push(requests.map(({ n }) => n));
      if (requests.some(({ n }) => n === 2)) return Promise.reject(new Error("poison"));
      return Promise.resolve(requests.map(({ n }) => n));
    },
    retriesAlone: () => true,
  });
  const settled = await Promise.allSettled(
    [1, 2, 3].map((n) => commit.submit({ key: `k${n}`, n })),
  );
  assertEquals(settled.map(({ status }) => status), ["fulfilled", "rejected", "fulfilled"]);
  assertEquals(flushed, [[1, 2, 3], [1], [2], [3]]);
});

Deno.test("batch that failed for a reason of its own is not tried again", async () => {
  const { commit, batches } = held();
  const submitted = [1, 2].map((n) => commit.submit({ key: `k${n}`, n }));
  await turn();
  const rejected = submitted.map((one) => assertRejects(() => one, RangeError, "away"));
  batches[0]?.crash(new RangeError("away"));
  await Promise.all(rejected);
  assertEquals(batches.length, 1);
});

Deno.test("request that a batch leaves unanswered is rejected", async () => {
  const commit = groupCommit<Request, number>({
    keyOf: ({ key }) => key,
    flush: () => Promise.resolve([1]),
    retriesAlone: () => true,
  });
  const [first, second] = [1, 2].map((n) => commit.submit({ key: `k${n}`, n }));
  const rejected = assertRejects(() => second!, Error, "answered in part");
  assertEquals(await first, 1);
  await rejected;
});

Deno.test("group commit is idle when nothing waits and nothing flies", async () => {
  const { commit, batches } = held({ flights_max: 1 });
  await commit.idle();
  const submitted = [1, 2].map((n) => commit.submit({ key: "a", n }));
  await turn();
  let idle = false;
  const waiting = commit.idle().then(() => idle = true);
  batches[0]?.land();
  await submitted[0];
  await turn();
  assertEquals(idle, false);
  batches[1]?.land();
  await waiting;
});

Deno.test("any crowd is answered in order by key, within the bounds of batches and flights", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ key: fc.constantFrom("a", "b", "c", "d"), wait: fc.nat({ max: 3 }) })),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      async (crowd, flights_max, batch_max) => {
        let flights = 0;
        const seen: Request[] = [];
        const commit = groupCommit<Request, number>({
          keyOf: ({ key }) => key,
          async flush(requests) {
            flights++;
            assert(flights <= flights_max && requests.length <= batch_max);
            assertEquals(new Set(requests.map(({ key }) => key)).size, requests.length);
            seen.push(...requests);
            for (let i = 0; i < requests.length; i++) await turn();
            flights--;
            return requests.map(({ n }) => n);
          },
          retriesAlone: () => false,
          flights_max,
          batch_max,
        });
        const submitted: Promise<number>[] = [];
        for (const [n, { key, wait }] of crowd.entries()) {
          submitted.push(commit.submit({ key, n }));
          for (let i = 0; i < wait; i++) await turn();
        }
        assertEquals(await Promise.all(submitted), crowd.map((_, n) => n));
        for (const key of ["a", "b", "c", "d"]) {
          const order = seen.filter((request) => request.key === key).map(({ n }) => n);
          assertEquals(order, order.toSorted((a, b) => a - b));
        }
      },
    ),
  ));
