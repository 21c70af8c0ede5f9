import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { until } from "../bot/until.ts";
import { databaseTest, serverTest } from "../database.ts";
import { anotherPool } from "./another_pool.ts";
import { givenBot, sentAs, undone } from "./given_bot.ts";
import { dialogue, faultsOf, givenEngine, type Sql, toldBy } from "./given_engine.ts";
import { roadTo } from "./road.ts";

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** 10 dialogues with 20 updates each, all at once. */
function crowd({ hears }: Pick<ReturnType<typeof givenEngine>, "hears">) {
  const streams = range(10).map(() => dialogue());
  const handled = Promise.all(
    streams.flatMap((stream) => range(20).map((i) => hears(stream, `word ${i}`))),
  );
  return { streams, handled };
}

/** Everything is there once and in order. */
async function expectAll(sql: Sql, streams: readonly string[]): Promise<void> {
  const { log } = givenEngine(sql);
  for (const stream of streams) {
    assertEquals(await toldBy(log, stream), range(20).map((i) => `NameProvided word ${i}`));
  }
  assertEquals(await faultsOf(sql), []);
}

async function headOf(sql: Sql): Promise<number> {
  const [row] = await sql<{ pos: number }[]>`select pos from head`;
  return row?.pos ?? 0;
}

serverTest("engine survives that every connection is broken off in the middle", async ({ sql }) => {
  await using other = await anotherPool(sql);
  // The only one of its pool, so that it breaks off all connections but itself.
  await using breaker = await anotherPool(sql, 1);
  const given = givenEngine(other.sql);
  const { streams, handled } = crowd(given);
  let done = false;
  void handled.finally(() => done = true).catch(() => undefined);
  for (let round = 0; round < 12 && !done; round++) {
    await breaker.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`;
    const before = await headOf(breaker.sql);
    await until("more is appended", async () => done || await headOf(breaker.sql) > before);
  }
  // A commit whose answer was lost is found again as a duplicate.
  const known = new Set(await handled);
  assertEquals(known.difference(new Set(["applied", "duplicate"])).size, 0);
  assert(given.outages() > 0);
  assertEquals(given.failures, []);
  await expectAll(breaker.sql, streams);
});

serverTest("engine waits for a database that is away, and goes on by itself", async ({ sql }) => {
  await using road = await roadTo(sql);
  const given = givenEngine(road.database.sql);
  await road.close();
  const { streams, handled } = crowd(given);
  await until("the outage is noticed", () => given.outages() >= 20);
  road.open();
  assertEquals(new Set(await handled), new Set(["applied"]));
  await expectAll(sql, streams);
});

serverTest(
  "engine whose process ends waits no more for a database that is away",
  async ({ sql }) => {
    await using road = await roadTo(sql);
    const ending = new AbortController();
    const { hears, outages } = givenEngine(road.database.sql, { signal: ending.signal });
    await road.close();
    const handled = hears(dialogue(), "hello");
    await until("the outage is noticed", () => outages() > 0);
    ending.abort(new Error("The process is ending"));
    await assertRejects(() => handled, Error, "The process is ending");
    road.open();
  },
);

serverTest(
  "message is sent once though its database is away when it is to be noted",
  async ({ sql }) => {
    await using road = await roadTo(sql);
    const { promise: sending, resolve: begun } = Promise.withResolvers<void>();
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    let in_vain = 0;
    await using bot = givenBot(road.database.sql, {
      table: (table) => ({
        ...table,
        finish: (done) =>
          table.finish(done).catch((error) => {
            in_vain++;
            throw error;
          }),
      }),
      send: async () => {
        begun();
        await gate;
        return sentAs({ messages: [7] });
      },
    });
    await bot.hears(dialogue(), "hello");
    await sending;
    await road.close();
    open();
    await until("it is said", () => bot.said.length === 1);
    await until("it could not be noted, time and again", () => in_vain >= 2);
    road.open();
    await bot.delivery.idle();
    assertEquals([bot.said, await undone(sql)], [["test/1 heard hello"], []]);
  },
);

databaseTest("aborted signal ends the waiting at once", async ({ sql }) => {
  const ending = new AbortController();
  const { hears, outages, log } = givenEngine(sql, { signal: ending.signal });
  await sql.end();
  const handled = hears(dialogue(), "hello");
  // By now it waits for 400 ms at the least.
  await until("the outage lasts", () => outages() === 4);
  const began = performance.now();
  ending.abort(new Error("The process is ending"));
  await assertRejects(() => handled, Error, "The process is ending");
  assertLess(performance.now() - began, 200);
  await log.idle();
});
