import { assert, assertEquals, assertLess } from "@std/assert";
import { v4 } from "uuid";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { tap } from "../machines/samples.ts";
import { givenBot, sentAs, undone } from "./given_bot.ts";
import { dialogue, toldBy, update } from "./given_engine.ts";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
/** Sends nothing until it is broken off, as a call to a Telegram that is silent. */
const hang = (signal: AbortSignal) =>
  new Promise<{ is: "retry"; after_ms: number; error: string }>((resolve) => {
    const end = () => resolve({ is: "retry", after_ms: 0, error: "broken off" });
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });

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
    await pause(20);
    assertEquals(bot.said, ["test/1 heard quick"]);
    open();
    await bot.delivery.idle();
    assertEquals(bot.said.slice(1), ["slow", "one", "two"].map((it) => `test/1 heard ${it}`));
    assertEquals(await undone(sql), []);
  },
);

databaseTest("answer to a tap overtakes a dialogue that is stuck", async ({ sql }) => {
  const stream = dialogue();
  await using bot = givenBot(sql, {
    send: (words, _, signal) => words === "noted" ? Promise.resolve(sentAs(null)) : hang(signal),
  });
  await bot.hears(stream, "stuck");
  await bot.engine.handle(update(stream, tap(null), { query: "q" }));
  await until("the tap is answered", async () => (await undone(sql)).length === 1);
  assertEquals(bot.said, ["noted"]);
  assertEquals(await undone(sql), [`${stream}:1:0`]);
});

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

databaseTest("job is answered by a fact, which leads on", async ({ sql }) => {
  const stream = dialogue();
  await using bot = givenBot(sql);
  await bot.hears(stream, "read", { cause: "update:1:1" });
  await bot.delivery.idle();
  const rows = await bot.log.read(stream, 0);
  assertEquals(rows.map(({ type, causation, correlation }) => [type, causation, correlation]), [
    ["NameProvided", "update:1:1", "update:1:1"],
    ["CodeUnreadable", `effect:${stream}:1:1`, "update:1:1"],
  ]);
  assertEquals(bot.said, ["test/1 heard read", "test/1 took CodeUnreadable"]);
});

databaseTest("job that throws is done again later", async ({ sql }) => {
  const stream = dialogue();
  let tries = 0;
  await using bot = givenBot(sql, {
    work: () =>
      tries++ === 0
        ? Promise.reject(new Error("no network"))
        : Promise.resolve({ type: "CodeUnreadable", callId: "1:0", reason: "no_code" }),
  });
  await bot.hears(stream, "read");
  await bot.delivery.idle();
  assertEquals(tries, 2);
  assertEquals(bot.troubles.map(({ error }) => String(error)), ["Error: no network"]);
  assertEquals(await toldBy(bot.log, stream), ["NameProvided read", "CodeUnreadable 1:0"]);
});

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
  const bot = givenBot(sql, {
    send: async () => {
      begun();
      await pause(50);
      return sentAs(null);
    },
  });
  await bot.hears(stream, "one");
  await bot.hears(stream, "two");
  await sending;
  await bot.delivery.stop(5_000);
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

databaseTest(
  "what is sent already is not sent again by a late look at the table",
  async ({ sql }) => {
    const stream = dialogue();
    const { promise: looked, resolve: look } = Promise.withResolvers<void>();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    await using bot = givenBot(sql, {
      table: (table) => ({
        ...table,
        async claim(...of) {
          const tasks = await table.claim(...of);
          look();
          await gate;
          return tasks;
        },
      }),
    });
    // Committed by this process, but not offered yet when the table is looked at.
    const task = {
      effect: v4(),
      lane: stream,
      kind: "send" as const,
      stream,
      payload: { effect: { type: "say", params: { text: "hello" } }, fact: "" },
      correlation: "",
      due_at: 0,
    };
    await bot.log.append({ stream, expected: 0, events: [], cause: v4(), tasks: [task] });
    const started = bot.delivery.start();
    await looked;
    bot.delivery.offer([task], new Map());
    await bot.delivery.idle();
    open();
    await started;
    await bot.delivery.idle();
    assertEquals(bot.said, ["hello"]);
  },
);

databaseTest("message whose answer cannot be kept is sent once all the same", async ({ sql }) => {
  const [odd, plain] = [dialogue(), dialogue()];
  await using bot = givenBot(sql, {
    // No database takes such an answer.
    send: (words) => Promise.resolve(sentAs(words.endsWith("odd") ? { refused: "\0" } : { ok: 1 })),
  });
  await Promise.all([bot.hears(odd, "odd"), bot.hears(plain, "plain"), bot.hears(plain, "more")]);
  await bot.delivery.idle();
  assertEquals(bot.said.toSorted(), ["more", "odd", "plain"].map((it) => `test/1 heard ${it}`));
  assertEquals(bot.troubles.map(({ effect }) => effect), [`${odd}:1:0`]);
  const rows =
    await sql`select answer from outbox where done_at is not null order by effect = ${`${odd}:1:0`}`;
  assertEquals(rows.map(({ answer }) => answer), [{ ok: 1 }, { ok: 1 }, null]);
});

databaseTest("projections' numbers are at hand for as long as they are fresh", async ({ sql }) => {
  await using bot = givenBot(sql);
  bot.delivery.offer([], new Map([["fact", { number: 3 }], ["other", null]]));
  assertEquals(bot.delivery.assigned("fact"), { number: 3 });
  assertEquals(bot.delivery.assigned("other"), undefined);
});
