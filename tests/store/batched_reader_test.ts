import { assertEquals, assertRejects } from "@std/assert";
import { setImmediate } from "node:timers";
import { batchedReader } from "../../src/store/batched_reader.ts";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";

/** A reader whose questions are answered when the test says so. */
function held() {
  const questions: {
    keys: readonly string[];
    answer: (found: Record<string, number>) => void;
    fail: (error: Error) => void;
  }[] = [];
  const ask = batchedReader<number>((keys) => {
    const { promise, resolve, reject } = Promise.withResolvers<[string, number][]>();
    const answer = (found: Record<string, number>) => resolve(Object.entries(found));
    questions.push({ keys, answer, fail: reject });
    return promise;
  });
  return { ask, questions, keys: () => questions.map(({ keys }) => keys) };
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

Deno.test("those who ask at once share a question", async () => {
  const { ask, questions, keys } = held();
  const asked = ["a", "b", "c"].map(ask);
  await turn();
  questions[0]?.answer({ c: 3, a: 1 });
  assertEquals(await Promise.all(asked), [1, null, 3]);
  assertEquals(keys(), [["a", "b", "c"]]);
});

Deno.test("key that many ask for at once is asked once", async () => {
  const { ask, questions, keys } = held();
  const asked = Array.from({ length: 100 }, (_, i) => ask(`k${i % 2}`));
  await turn();
  questions[0]?.answer({ k0: 0, k1: 1 });
  assertEquals(await Promise.all(asked), Array.from({ length: 100 }, (_, i) => i % 2));
  assertEquals(keys(), [["k0", "k1"]]);
});

Deno.test("key is asked anew once its question is under way", async () => {
  const { ask, questions, keys } = held();
  const early = ask("a");
  await turn();
  const late = ask("a");
  await turn();
  // It waits for the one that is under way, and is answered by what is true then.
  assertEquals(keys(), [["a"]]);
  questions[0]?.answer({ a: 1 });
  assertEquals(await early, 1);
  await turn();
  questions[1]?.answer({ a: 2 });
  assertEquals(await late, 2);
  assertEquals(keys(), [["a"], ["a"]]);
});

Deno.test("failure reaches all who shared the question, and nobody else", async () => {
  const { ask, questions } = held();
  const shared = ["a", "b", "a"].map(ask);
  await turn();
  const other = ask("a");
  await turn();
  questions[0]?.fail(Object.assign(new Error("gone"), { code: "CONNECTION_CLOSED" }));
  for (const one of shared) await assertRejects(() => one, StoreUnavailable, "gone");
  await turn();
  questions[1]?.answer({ a: 1 });
  assertEquals(await other, 1);
  const again = ask("b");
  await turn();
  questions[2]?.answer({ b: 2 });
  assertEquals(await again, 2);
});
