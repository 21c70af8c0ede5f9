/** Jobs on a database: whose turn it is, and what waits for nobody's turn. */
import { assert, assertEquals } from "@std/assert";
import { v4 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import type { Fact } from "../../events/facts.ts";
import type { DeliveryOptions } from "../../src/runtime/delivery.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { givenBot } from "./given_bot.ts";
import { dialogue, toldBy } from "./given_engine.ts";

/** Jobs that last until they are let go, one by one or, once the doors are open, not at all. */
function givenDoors() {
  const begun: string[] = [];
  const waiting: (() => void)[] = [];
  let is_open = false;
  const work: DeliveryOptions["work"] = async ({ params }, { stream }, signal) => {
    begun.push(stream);
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push(resolve);
    signal.addEventListener("abort", () => resolve());
    if (is_open) resolve();
    await promise;
    const { callId } = params as { callId: string };
    return { type: "CodeUnreadable", callId, reason: "no_code" } satisfies Fact;
  };
  return {
    work,
    begun,
    openOne: () => waiting.shift()?.(),
    openAll() {
      is_open = true;
      for (const open of waiting) open();
    },
  };
}

databaseTest("one person's jobs, from all their chats, let another's begin", async ({ sql }) => {
  const { work, begun, openAll } = givenDoors();
  const person = v4();
  const [own, group, other] = [dialogue(person), dialogueStream(person, -100_5), dialogue()];
  await using bot = givenBot(sql, { work });
  for (let jobs = 0; jobs < 5; jobs++) await bot.hears(own, "read");
  await bot.hears(group, "read");
  await bot.hears(other, "read");
  await until("the other's has begun", () => begun.includes(other));
  assertEquals(begun, [own, other]);
  openAll();
  await bot.delivery.idle();
  assertEquals(begun, [own, other, own, own, own, own, group]);
});

databaseTest("late comer's job is done before the second of each in a crowd", async ({ sql }) => {
  const { work, begun, openOne, openAll } = givenDoors();
  const crowd = Array.from({ length: 6 }, () => dialogue());
  const late = dialogue();
  await using bot = givenBot(sql, { work });
  for (const stream of [...crowd, ...crowd]) await bot.hears(stream, "read");
  await bot.hears(late, "read");
  await until("as many are done as may be at once", () => begun.length === 4);
  openOne();
  await until("the next has begun", () => begun.length === 5);
  openAll();
  await bot.delivery.idle();
  const before = begun.slice(0, begun.indexOf(late));
  assertEquals(before, [...new Set(before)]);
  assert(before.length <= crowd.length);
});

databaseTest("timer and tell wait for nobody's job", async ({ sql }) => {
  const { work, begun, openAll } = givenDoors();
  const [waits, tells, told] = [dialogue(), dialogue(), dialogue()];
  await using bot = givenBot(sql, { work });
  for (let people = 0; people < 8; people++) await bot.hears(dialogue(), "read");
  await until("as many are done as may be at once", () => begun.length === 4);
  await bot.hears(waits, "wait 1");
  await bot.hears(tells, `tell ${told}`);
  await until("the timer has fired", async () => (await toldBy(bot.log, waits)).length === 2);
  await until("the tell is told", async () => (await toldBy(bot.log, told)).length === 1);
  assertEquals(begun.length, 4);
  openAll();
  await bot.delivery.idle();
});

databaseTest("job that only waits takes no turn, and as many may wait as come", async ({ sql }) => {
  const { work, begun, openAll } = givenDoors();
  const [busy, patient] = [dialogue(), dialogue()];
  let patience = false;
  await using bot = givenBot(sql, { work, isPatient: () => patience });
  for (let jobs = 0; jobs < 2; jobs++) await bot.hears(busy, "read");
  await until("it is that one's turn", () => begun.length === 1);
  patience = true;
  for (let jobs = 0; jobs < 20; jobs++) await bot.hears(patient, "read");
  await until("all wait", () => begun.filter((it) => it === patient).length === 20);
  openAll();
  await bot.delivery.idle();
  assertEquals(begun.filter((it) => it === busy).length, 2);
});
