/** How long the delivery waits before it tries again: without a database, and without waiting. */
import { assertEquals } from "@std/assert";
import { setImmediate as turn } from "node:timers/promises";
import { type DeliveryOptions, openDelivery } from "../../src/runtime/delivery.ts";
import type { NewTask } from "../../src/store/append.ts";
import type { OutboxTable } from "../../src/store/outbox.ts";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { withInstantTimers } from "../instant_timers.ts";

const TASK: NewTask = {
  effect: "stream:1:0",
  lane: "stream",
  kind: "send",
  stream: "stream",
  payload: null,
  correlation: "",
  due_at: 0,
};

const sent = () => Promise.resolve({ is: "done", answer: null, kept: [], cleared: [] } as const);

/** A delivery at a clock that stands, and the troubles that it told of. */
function openStub({ table, send = sent }: {
  table?: Partial<OutboxTable>;
  send?: DeliveryOptions["send"];
}) {
  const troubles: string[] = [];
  const delivery = openDelivery({
    table: {
      finish: () => Promise.resolve(),
      postpone: () => Promise.resolve(),
      claim: () => Promise.resolve([]),
      slot: () => Promise.resolve([]),
      ...table,
    },
    owner: "owner",
    send,
    work: () => Promise.reject(new Error("no jobs here")),
    answer: () => Promise.reject(new Error("no answers here")),
    onUnreachable: () => Promise.resolve(),
    onTrouble: (_, error) => void troubles.push(String(error)),
    now: () => 0,
  });
  return { delivery, troubles };
}

/** What the delivery of one message waited for, where chance says so. */
function waitsOf(stub: Parameters<typeof openStub>[0], chance: number): Promise<number[]> {
  const { delivery } = openStub(stub);
  return withInstantTimers(chance, async () => {
    delivery.offer([TASK], new Map());
    await delivery.idle();
  });
}

/** A result that comes after so many failures. */
function after<Result>(failures: number, error: Error, result: Result): () => Promise<Result> {
  let left = failures;
  return () => left-- > 0 ? Promise.reject(error) : Promise.resolve(result);
}

Deno.test("message that throws is tried after waits that double, up to a minute", async () => {
  const longest = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000];
  for (const [chance, share] of [[0, 0.5], [0.5, 0.75], [1, 1]] as const) {
    const send = after(longest.length, new Error("broken"), await sent());
    assertEquals(await waitsOf({ send }, chance), longest.map((ms) => ms * share));
  }
});

Deno.test("database that is away is asked after waits that double, up to five seconds", async () => {
  const finish = after(8, new StoreUnavailable("away"), undefined);
  const waits = await waitsOf({ table: { finish } }, 0);
  assertEquals(waits, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
});

Deno.test("delivery that ends waits for the database no longer, and tells of no trouble", async () => {
  const asked = Promise.withResolvers<void>();
  let questions = 0;
  const finish = () => {
    questions++;
    asked.resolve();
    return Promise.reject(new StoreUnavailable("away"));
  };
  const { delivery, troubles } = openStub({ table: { finish } });
  const GRACE_MS = 7;
  await withInstantTimers(0, async () => {
    delivery.offer([TASK], new Map());
    await asked.promise;
    await turn();
    await delivery.stop(GRACE_MS);
  }, (ms) => ms === GRACE_MS);
  assertEquals({ questions, troubles }, { questions: 1, troubles: [] });
});
