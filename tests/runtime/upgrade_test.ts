import { assert, assertEquals, assertRejects } from "@std/assert";
import { v4 } from "uuid";
import { UnknownChart } from "../../src/runtime/streams.ts";
import { databaseTest } from "../database.ts";
import { tap } from "../machines/samples.ts";
import { dialogue, faultsOf, givenEngine, type Sql, toldBy, update } from "./given_engine.ts";
import { chartsOf, first, second, stranger } from "./test_chart.ts";

const older = chartsOf(first);
const newer = chartsOf(second, first);

/** A stream that the older chart has begun. */
async function begun(sql: Sql): Promise<string> {
  const stream = dialogue();
  const { hears } = givenEngine(sql, { charts: older });
  assertEquals(await hears(stream, "one"), "applied");
  assertEquals(await hears(stream, "ask 1"), "applied");
  return stream;
}

databaseTest("newer chart takes a dialogue over with a fact of its own", async ({ sql }) => {
  const stream = await begun(sql);
  const { hears, log, streams } = givenEngine(sql, { charts: newer });
  assertEquals(await hears(stream, "two"), "applied");
  const rows = await log.read(stream, 0);
  assertEquals(rows.map(({ type, machine }) => `${machine} ${type}`), [
    "test/1 NameProvided",
    "test/1 NameProvided",
    "test/1 OwnCardMissing",
    "test/2 ChartUpgraded",
    "test/2 NameProvided",
  ]);
  assertEquals(rows[3]?.data, {
    from: "test/1",
    to: "test/2",
    state: { value: "attentive", context: { heard: ["one", "ask 1"], awaited: [] } },
  });
  assertEquals(rows[3]?.effects, []);
  assertEquals(rows[4]?.causation, rows[3]?.causation);
  const { chart, snapshot } = await streams.load(stream);
  assertEquals([chart.id, snapshot.value], ["test/2", "attentive"]);
  assertEquals(snapshot.context.heard, ["one", "ask 1", "two"]);
  const [last] = await sql`select payload from outbox order by seq desc limit 1`;
  assertEquals(last?.payload.effect, { type: "say", params: { text: "test/2 heard two" } });
});

databaseTest("dialogue that was taken over is folded from the log by both", async ({ sql }) => {
  const stream = await begun(sql);
  const live = givenEngine(sql, { charts: newer });
  await live.hears(stream, "ask 2");
  await live.hears(stream, "three");
  const cold = givenEngine(sql, { charts: newer });
  const [folded, kept] = [await cold.streams.load(stream), await live.streams.load(stream)];
  assertEquals(folded.snapshot.context, kept.snapshot.context);
  assertEquals([folded.version, folded.hash], [kept.version, kept.hash]);
  // Once is enough: the next update finds the newer chart.
  await cold.hears(stream, "four");
  const upgrades = (await toldBy(cold.log, stream)).filter((told) => told === "ChartUpgraded");
  assertEquals(upgrades.length, 1);
  assertEquals(await faultsOf(sql, newer), []);
});

databaseTest("newer chart answers what the older one asked for", async ({ sql }) => {
  const stream = dialogue();
  await givenEngine(sql, { charts: older }).hears(stream, "read");
  const { engine, log } = givenEngine(sql, { charts: newer });
  const fact = { type: "CodeUnreadable", callId: "1:0", reason: "no_code" } as const;
  const answer = { cause: "effect:x", correlation: "y", stream, fact, at: 2_000 };
  assertEquals(await engine.answer(answer), "applied");
  assertEquals(await toldBy(log, stream), [
    "NameProvided read",
    "ChartUpgraded",
    "CodeUnreadable 1:0",
  ]);
  // What is refused brings no upgrade about either.
  const other = dialogue();
  await givenEngine(sql, { charts: older }).hears(other, "read");
  const stale = { ...fact, callId: "9:0" };
  const refused = { ...answer, cause: "effect:z", stream: other, fact: stale };
  assertEquals(await engine.answer(refused), "stale");
  assertEquals(await toldBy(log, other), ["NameProvided read"]);
});

databaseTest(
  "chart that takes nothing over leaves a dialogue to the older one",
  async ({ sql }) => {
    const stream = await begun(sql);
    const charts = chartsOf(stranger, first);
    const { hears, log, streams } = givenEngine(sql, { charts });
    await hears(stream, "two");
    const fresh = dialogue();
    await hears(fresh, "new");
    assertEquals((await log.read(stream, 0)).at(-1)?.machine, "test/1");
    assertEquals((await streams.load(fresh)).chart.id, "test/3");
    assertEquals(await faultsOf(sql, charts), []);
  },
);

databaseTest("chart that is gone is an error that names stream and version", async ({ sql }) => {
  const stream = await begun(sql);
  const without = givenEngine(sql, { charts: chartsOf(second) });
  const words = `Cannot fold ${stream} version 1: this program has no chart test/1`;
  await assertRejects(() => without.streams.load(stream), UnknownChart, words);
  // To the person it is a failure like any other; the log stays as it was.
  assertEquals(await without.hears(stream, "two"), "failed");
  assertEquals(without.failures.map(({ error }) => String(error)), [`UnknownChart: ${words}`]);
  assertEquals((await without.log.tip(stream)).version, 3);
});

databaseTest("two processes that upgrade one dialogue at once do it once", async ({ sql }) => {
  const stream = await begun(sql);
  const engines = [v4(), v4()].map((owner) => givenEngine(sql, { charts: newer, owner }));
  const handled = await Promise.all(
    engines.map(({ engine }) => engine.handle(update(stream, tap(null)))),
  );
  assertEquals(handled, ["applied", "applied"]);
  assert(engines[0]);
  assertEquals((await toldBy(engines[0].log, stream)).slice(3), [
    "ChartUpgraded",
    "Cancelled",
    "Cancelled",
  ]);
  assertEquals(await faultsOf(sql, newer), []);
});
