import { assert, assertEquals } from "@std/assert";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { tap } from "../machines/samples.ts";
import { givenBot, hang, sentAs, undone } from "./given_bot.ts";
import { dialogue, update } from "./given_engine.ts";

databaseTest(
  "delivery keeps the order within a dialogue, and waits for no other",
  async ({ sql }) => {
    const [slow, quick] = [dialogue(), dialogue()];
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    await using bot = givenBot(sql, {
      send: async (words) => {
        if (words.endsWith("slow")) await gate;
        return sentAs(null);
      },
    });
    for (
      const [stream, words] of [[slow, "slow"], [slow, "one"], [slow, "two"], [quick, "quick"]]
    ) {
      await bot.hears(stream!, words!);
    }
    await until("the quick one is said", () => bot.said.length > 0);
    await bot.hears(quick, "quicker");
    await until("the next of it as well", () => bot.said.length > 1);
    assertEquals(bot.said, ["test/1 heard quick", "test/1 heard quicker"]);
    open();
    await bot.delivery.idle();
    assertEquals(bot.said.slice(2), ["slow", "one", "two"].map((it) => `test/1 heard ${it}`));
    assertEquals(await undone(sql), []);
  },
);

databaseTest(
  "answer to a tap overtakes dialogues that are stuck, however many",
  async ({ sql }) => {
    const stream = dialogue();
    await using bot = givenBot(sql, {
      send: (words, _, signal) => words === "noted" ? Promise.resolve(sentAs(null)) : hang(signal),
    });
    await Promise.all(
      [stream, ...Array.from({ length: 40 }, dialogue)].map((it) => bot.hears(it, "stuck")),
    );
    await bot.engine.handle(update(stream, tap(null), { query: "q" }));
    await until("the tap is answered", async () => (await undone(sql)).length === 41);
    assertEquals(bot.said, ["noted"]);
    assert((await undone(sql)).every((effect) => effect.endsWith(":1:0")));
  },
);

databaseTest(
  "delivery tries again after the time it is told, and keeps the order",
  async ({ sql }) => {
    const stream = dialogue();
    const attempts: number[] = [];
    await using bot = givenBot(sql, {
      send: (words, task) => {
        if (!words.endsWith("one")) return Promise.resolve(sentAs(null));
        attempts.push(task.attempts);
        return Promise.resolve(
          attempts.length < 3
            ? { is: "retry", after_ms: 30, error: "429: retry after 0.03" }
            : sentAs(null),
        );
      },
    });
    const began = performance.now();
    await bot.hears(stream, "one");
    await bot.hears(stream, "two");
    await bot.delivery.idle();
    assert(performance.now() - began >= 60);
    assertEquals(attempts, [0, 1, 2]);
    assertEquals(bot.said, ["test/1 heard one", "test/1 heard two"]);
    const rows = await sql`select attempts from outbox order by seq`;
    assertEquals(rows.map((row) => row.attempts), [2, 0]);
  },
);

databaseTest("delivery says who cannot be reached, and goes on", async ({ sql }) => {
  const stream = dialogue();
  let away = true;
  await using bot = givenBot(sql, {
    send: (words) =>
      Promise.resolve(
        words.endsWith("one")
          ? { is: "unreachable", answer: { refused: "403: Forbidden" } }
          : sentAs(null),
      ),
    onUnreachable() {
      if (!away) return Promise.resolve();
      away = false;
      return Promise.reject(new StoreUnavailable("The database does not answer"));
    },
  });
  await bot.hears(stream, "one");
  await bot.hears(stream, "two");
  await bot.delivery.idle();
  // Noted although the database was away for a moment, and before what came next.
  assertEquals([bot.unreachable, bot.said, bot.troubles], [[stream], ["test/1 heard two"], []]);
  const rows = await sql`select answer, done_at is not null as done from outbox order by seq`;
  assertEquals(rows.map((row) => ({ ...row })), [
    { answer: { refused: "403: Forbidden" }, done: true },
    { answer: null, done: true },
  ]);
});

databaseTest("send that throws is tried again in its place", async ({ sql }) => {
  const stream = dialogue();
  let broken = true;
  await using bot = givenBot(sql, {
    send: (words) => {
      if (!words.endsWith("one") || !broken) return Promise.resolve(sentAs(null));
      broken = false;
      return Promise.reject(new Error("odd\0 words"));
    },
  });
  await bot.hears(stream, "one");
  await bot.hears(stream, "two");
  await bot.delivery.idle();
  assertEquals(bot.said, ["test/1 heard one", "test/1 heard two"]);
  assertEquals(bot.troubles.map(({ effect }) => effect), [`${stream}:1:0`]);
});

databaseTest("row of the outbox loses address and payload once it is done", async ({ sql }) => {
  const stream = dialogue();
  await using bot = givenBot(sql, { send: () => Promise.resolve(sentAs({ messages: [7] })) });
  await bot.hears(stream, "read");
  await bot.delivery.idle();
  const rows = await sql`select kind, stream, payload, answer from outbox order by seq`;
  assertEquals(rows.map((row) => ({ ...row })), [
    { kind: "send", stream: null, payload: null, answer: { messages: [7] } },
    { kind: "job", stream: null, payload: null, answer: { handled: "applied" } },
    { kind: "send", stream: null, payload: null, answer: { messages: [7] } },
  ]);
});

databaseTest("projections' numbers are at hand for as long as they are fresh", async ({ sql }) => {
  await using bot = givenBot(sql);
  bot.delivery.offer([], new Map([["fact", { number: 3 }], ["other", null]]));
  assertEquals(bot.delivery.assigned("fact"), { number: 3 });
  assertEquals(bot.delivery.assigned("other"), undefined);
});
