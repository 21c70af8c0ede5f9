import { assert, assertEquals, assertLess } from "@std/assert";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { givenBot, hang, sentAs, undone } from "./given_bot.ts";
import { dialogue } from "./given_engine.ts";

databaseTest(
  "delivery ends within its grace though a message hangs, and keeps it",
  async ({ sql }) => {
    const stream = dialogue();
    const bot = givenBot(sql, { send: (_words, _task, signal) => hang(signal) });
    await bot.hears(stream, "one");
    await bot.hears(stream, "two");
    const began = performance.now();
    await bot.delivery.stop(100);
    const took_ms = performance.now() - began;
    assert(took_ms >= 95);
    assertLess(took_ms, 1_000);
    assertEquals(bot.troubles, []);
    assertEquals(await undone(sql), [`${stream}:1:0`, `${stream}:2:0`]);
    const rows = await sql`select attempts from outbox order by seq`;
    assertEquals(rows.map((row) => row.attempts), [0, 0]);
    // The next process goes on where this one was broken off.
    await using next = givenBot(sql);
    await next.delivery.start();
    await next.delivery.idle();
    assertEquals(next.said, ["test/1 heard one", "test/1 heard two"]);
  },
);

databaseTest("delivery that ends lets what is under way come to its end", async ({ sql }) => {
  const stream = dialogue();
  const { promise: sending, resolve: begun } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const bot = givenBot(sql, {
    send: async () => {
      begun();
      await gate;
      return sentAs(null);
    },
  });
  await bot.hears(stream, "one");
  await bot.hears(stream, "two");
  await sending;
  const began = performance.now();
  const stopped = bot.delivery.stop(5_000);
  open();
  await stopped;
  assertLess(performance.now() - began, 2_500);
  assertEquals(bot.said, ["test/1 heard one"]);
  assertEquals(await undone(sql), [`${stream}:2:0`]);
  // After the end, nothing is taken any more.
  await bot.hears(stream, "three");
  await bot.delivery.idle();
  assertEquals(bot.said.length, 1);
});

databaseTest("delivery that ends begins nothing that only waited for its turn", async ({ sql }) => {
  const begun: string[] = [];
  const bot = givenBot(sql, {
    send: (words, _, signal) => {
      begun.push(words);
      return hang(signal);
    },
  });
  await Promise.all(Array.from({ length: 40 }, (_, i) => bot.hears(dialogue(), `${i}`)));
  await until("as many are sent as may be at once", () => begun.length === 30);
  await bot.delivery.stop(10);
  assertEquals(begun.length, 30);
  assertEquals((await undone(sql)).length, 40);
});
