import { assert, assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import type { OutboxTable } from "../../src/store/outbox.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { givenBot, live, readNothing, sentAs, undone } from "./given_bot.ts";
import { dialogue, faultsOf, givenEngine, type Sql, toldBy } from "./given_engine.ts";

const MINUTE_MS = 60_000;

/** The table of a process that ends just before it could note what it has done. */
const forgetful = (table: OutboxTable): OutboxTable => ({
  ...table,
  finish: () => Promise.reject(new Error("The process is gone")),
});

/** How often a fact of this type stands in the stream. */
const times = (told: readonly string[], type: string) =>
  told.filter((fact) => fact.startsWith(type)).length;

/** A process that hears `words`, carries out what follows and dies before it has noted that. */
async function dieAfter(sql: Sql, stream: string, words: string, done: () => Promise<boolean>) {
  const dying = givenBot(sql, { table: forgetful });
  await dying.hears(stream, words);
  await until("the work is done", done);
  await dying.delivery.stop(0);
}

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
  "job is answered once though the process dies before it notes that",
  async ({ sql }) => {
    const stream = dialogue();
    const { log } = givenEngine(sql);
    await dieAfter(sql, stream, "read", async () => (await log.tip(stream)).version === 2);
    let worked = 0;
    await using next = givenBot(sql, {
      work: (...of) => {
        worked++;
        return readNothing(...of);
      },
    });
    await next.delivery.start();
    await next.delivery.idle();
    assertEquals(worked, 1);
    assertEquals(await toldBy(log, stream), ["NameProvided read", "CodeUnreadable 1:0"]);
    assertEquals(await undone(sql), []);
    const [job] = await sql`select answer from outbox where kind = 'job'`;
    assertEquals(job?.answer, { handled: "stale" });
  },
);

databaseTest("tell is appended once though it is carried out twice", async ({ sql }) => {
  const [teller, told] = [dialogue(), dialogue()];
  const { log } = givenEngine(sql);
  await dieAfter(sql, teller, `tell ${told}`, async () => (await log.tip(told)).version === 1);
  await using next = givenBot(sql);
  await next.delivery.start();
  await next.delivery.idle();
  const rows = await log.read(told, 0);
  const [first] = await log.read(teller, 0);
  assertEquals(rows.map(({ type, causation, correlation }) => [type, causation, correlation]), [
    ["HelpAsked", `effect:${teller}:1:1`, first?.causation],
  ]);
  assertEquals(times(next.said, "test/1 took HelpAsked"), 1);
  const [tell] = await sql`select answer from outbox where kind = 'tell'`;
  assertEquals(tell?.answer, { handled: "duplicate" });
  assertEquals(await faultsOf(sql), []);
});

databaseTest("timer fires at its time, once", async ({ sql }) => {
  const stream = dialogue();
  await using bot = givenBot(sql);
  const began = Date.now();
  await bot.hears(stream, "wait 120", { at: began });
  await bot.delivery.idle();
  const rows = await bot.log.read(stream, 0);
  assertEquals(rows.map(({ type }) => type), ["NameProvided", "TimerFired"]);
  assertGreaterOrEqual(rows[1]!.at, began + 120);
  assertLess(rows[1]!.at, began + 2_000);
});

databaseTest(
  "timer that is far away is not held in memory, and survives a restart",
  async ({ sql }) => {
    const stream = dialogue();
    const began = Date.now();
    {
      await using bot = givenBot(sql);
      await bot.hears(stream, `wait ${2 * MINUTE_MS}`, { at: began });
      // Nothing but the message was held.
      await bot.delivery.idle();
      await bot.delivery.start();
      await bot.delivery.idle();
      assertEquals(await undone(sql), [`${stream}:1:1`]);
    }
    // A process later in the day: the timer is about to be due.
    await using later = givenBot(sql, { now: () => Date.now() + 2 * MINUTE_MS - 100 });
    await later.delivery.start();
    assertEquals(await toldBy(later.log, stream), [`NameProvided wait ${2 * MINUTE_MS}`]);
    await later.delivery.idle();
    const rows = await later.log.read(stream, 0);
    assertEquals(rows.map(({ type }) => type), ["NameProvided", "TimerFired"]);
    assertGreaterOrEqual(rows[1]!.at, began + 2 * MINUTE_MS);
    assertEquals(await undone(sql), []);
  },
);

databaseTest("timer that is overdue fires when a process starts", async ({ sql }) => {
  const stream = dialogue();
  {
    const bot = givenBot(sql, { send: () => Promise.resolve(sentAs(null)) });
    await bot.hears(stream, "wait 30", { at: Date.now() });
    await bot.delivery.stop(0);
  }
  await using later = givenBot(sql, { now: () => Date.now() + MINUTE_MS });
  await later.delivery.start();
  await later.delivery.idle();
  assertEquals(times(await toldBy(later.log, stream), "TimerFired"), 1);
});

databaseTest("message that is put off far keeps its place after a restart", async ({ sql }) => {
  const stream = dialogue();
  let tried = 0;
  {
    await using bot = givenBot(sql, {
      send: () => {
        tried++;
        return Promise.resolve({ is: "retry", after_ms: 5 * MINUTE_MS, error: "429" });
      },
    });
    await bot.hears(stream, "one");
    await bot.hears(stream, "two");
    await until("the first is put off", async () => {
      const [row] = await sql`select max(attempts)::int as attempts from outbox`;
      return row?.attempts === 1;
    });
  }
  assertEquals(tried, 1);
  await using next = givenBot(sql);
  await next.delivery.start();
  // Later tasks are carried out: what was taken over would have been by now.
  await next.hears(dialogue(), "elsewhere");
  await until("it is said elsewhere", async () => (await undone(sql)).length === 2);
  assertEquals(next.said, ["test/1 heard elsewhere"]);
  assertEquals(await undone(sql), [`${stream}:1:0`, `${stream}:2:0`]);
});

databaseTest("dead process's tasks are taken over, a living one's are not", async ({ sql }) => {
  const [dead, alive, stream] = [dialogue(), dialogue(), dialogue()];
  const silent = () => ({ is: "retry", after_ms: 5 * MINUTE_MS, error: "429" }) as const;
  const send = () => Promise.resolve(silent());
  await using gone = givenBot(sql, { send });
  await using living = givenBot(sql, { send });
  assert(await live(sql, living.owner));
  assert(await live(sql, gone.owner));
  await gone.hears(dead, "of a dead one");
  await living.hears(alive, "of a living one");
  await until("both have tried", async () => {
    const [row] = await sql`select min(attempts)::int as attempts from outbox`;
    return row?.attempts === 1;
  });
  await using bot = givenBot(sql, { now: () => Date.now() + 10 * MINUTE_MS });
  assert(await live(sql, bot.owner));
  await bot.delivery.start();
  await bot.hears(stream, "own");
  await bot.delivery.idle();
  assertEquals(bot.said, ["test/1 heard own"]);
  // Once its lease is over, the next look at the table finds what it left.
  await sql`update leases set until = clock_timestamp() where owner = ${gone.owner}`;
  await until("the dead one's is done", async () => (await undone(sql)).length === 1);
  assertEquals(bot.said, ["test/1 heard own", "test/1 heard of a dead one"]);
  assertEquals(await undone(sql), [`${alive}:1:0`]);
});

databaseTest(
  "message waits for another process that has an older one of its chat",
  async ({ sql }) => {
    const stream = dialogue();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const order: string[] = [];
    const noting = (wait: Promise<void>) => async (words: string) => {
      await wait;
      order.push(words);
      return sentAs(null);
    };
    await using one = givenBot(sql, { send: noting(gate) });
    await using two = givenBot(sql, { send: noting(Promise.resolve()) });
    for (const { owner } of [one, two]) assert(await live(sql, owner));
    await two.delivery.start();
    await one.hears(stream, "one");
    await two.hears(stream, "two");
    await two.hears(dialogue(), "elsewhere");
    await until("it is said elsewhere", () => order.length > 0);
    assertEquals(order, ["test/1 heard elsewhere"]);
    open();
    await until("both are sent", () => order.length === 3);
    assertEquals(order.slice(1), ["test/1 heard one", "test/1 heard two"]);
  },
);
