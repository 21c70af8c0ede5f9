import { assertEquals } from "@std/assert";
import { v4 } from "uuid";
import type { NewTask } from "../../src/store/append.ts";
import type { OutboxTable } from "../../src/store/outbox.ts";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { givenBot, type GivenBotOptions, hang, sentAs } from "./given_bot.ts";
import { dialogue, type Sql } from "./given_engine.ts";

/** A bot that has looked at the table and hears of what it found when `answer` is called. */
async function lookingBot(sql: Sql, send: GivenBotOptions["send"]) {
  const { promise: looked, resolve: look } = Promise.withResolvers<void>();
  const { promise: gate, resolve: answer } = Promise.withResolvers<void>();
  const table = (table: OutboxTable): OutboxTable => ({
    ...table,
    async claim(...of) {
      const tasks = await table.claim(...of);
      look();
      await gate;
      return tasks;
    },
  });
  const bot = givenBot(sql, { table, ...(send && { send }) });
  const stream = dialogue();
  const task: NewTask = {
    effect: v4(),
    lane: stream,
    kind: "send",
    stream,
    payload: { effect: { type: "say", params: { text: "hello" } }, fact: "" },
    correlation: "",
    due_at: 0,
  };
  // Committed by this process, but not offered yet when the table is looked at.
  await bot.log.append({ stream, expected: 0, events: [], cause: v4(), tasks: [task] });
  const started = bot.delivery.start();
  await looked;
  bot.delivery.offer([task], new Map());
  return { bot, answer, started };
}

databaseTest(
  "what is sent already is not sent again by a late look at the table",
  async ({ sql }) => {
    const { bot, answer, started } = await lookingBot(sql, undefined);
    await bot.delivery.idle();
    answer();
    await started;
    await bot.delivery.idle();
    assertEquals(bot.said, ["hello"]);
    await bot.delivery.stop(0);
  },
);

databaseTest(
  "what is being sent is not sent again by a late look at the table",
  async ({ sql }) => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { bot, answer, started } = await lookingBot(sql, () => gate.then(() => sentAs(null)));
    answer();
    await started;
    open();
    await bot.delivery.idle();
    assertEquals(bot.said, ["hello"]);
    await bot.delivery.stop(0);
  },
);

databaseTest("delivery starts though the database is away just then", async ({ sql }) => {
  const stream = dialogue();
  await using dead = givenBot(sql, { send: (_words, _task, signal) => hang(signal) });
  await dead.hears(stream, "hello");
  let looks = 0;
  const table = (table: OutboxTable): OutboxTable => ({
    ...table,
    claim: (...of) =>
      looks++ === 0
        ? Promise.reject(new StoreUnavailable("The database is away"))
        : table.claim(...of),
  });
  await using bot = givenBot(sql, { table });
  await bot.delivery.start();
  await until("the next look brings it", () => bot.said.length > 0);
  assertEquals(bot.said, ["test/1 heard hello"]);
  assertEquals(bot.troubles.map(({ error }) => String(error)), [
    "StoreUnavailable: The database is away",
  ]);
});

databaseTest("message whose answer cannot be kept is sent once all the same", async ({ sql }) => {
  const [odd, plain] = [dialogue(), dialogue()];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  await using bot = givenBot(sql, {
    send: async (words) => {
      await gate;
      // No database takes the first of these answers.
      return sentAs(words.endsWith("odd") ? { refused: "\0" } : { ok: 1 });
    },
  });
  await Promise.all([bot.hears(odd, "odd"), bot.hears(plain, "plain"), bot.hears(plain, "more")]);
  // Now those of both dialogues are noted at once.
  open();
  await bot.delivery.idle();
  assertEquals(bot.said.toSorted(), ["more", "odd", "plain"].map((it) => `test/1 heard ${it}`));
  assertEquals(bot.troubles.map(({ effect }) => effect), [`${odd}:1:0`]);
  const rows =
    await sql`select answer from outbox where done_at is not null order by effect = ${`${odd}:1:0`}`;
  assertEquals(rows.map(({ answer }) => answer), [{ ok: 1 }, { ok: 1 }, null]);
});
