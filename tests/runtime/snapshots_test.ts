import { assertEquals, assertMatch } from "@std/assert";
import { hashState } from "../../src/runtime/step.ts";
import { foldRows, initialState } from "../../src/runtime/streams.ts";
import type { Log } from "../../src/store/log.ts";
import { until } from "../bot/until.ts";
import { databaseTest } from "../database.ts";
import { dialogue, givenEngine, type Sql } from "./given_engine.ts";
import { chartsOf, second, testCharts } from "./test_chart.ts";

interface Kept {
  machine: string;
  version: number;
}

const snapshotsOf = async (sql: Sql): Promise<Kept[]> => {
  const rows = await sql<Kept[]>`select machine, version from snapshots order by machine, version`;
  return rows.map((row) => ({ ...row }));
};

/** A dialogue of this many facts. */
async function long(sql: Sql, facts: number, words = "word"): Promise<string> {
  const stream = dialogue();
  const { hears, log } = givenEngine(sql);
  while ((await log.tip(stream)).version < facts) await hears(stream, words);
  return stream;
}

/** Where a process without anything in memory finds the stream, and after which version it read. */
async function cold(sql: Sql, stream: string, charts = testCharts) {
  const from: number[] = [];
  const watched = (log: Log): Log => ({
    ...log,
    read(stream, version) {
      from.push(version);
      return log.read(stream, version);
    },
  });
  const { streams, useless } = givenEngine(sql, { charts, watched });
  const { version, hash, chart, snapshot } = await streams.load(stream);
  return { from, useless, version, hash, chart: chart.id, state: hashState(snapshot) };
}

databaseTest("snapshot is kept every 100 facts, and spares the folding", async ({ sql }) => {
  const stream = await long(sql, 270);
  await until("the second is kept", async () => (await snapshotsOf(sql))[0]?.version === 200);
  assertEquals(await snapshotsOf(sql), [{ machine: "test/1", version: 200 }]);
  const fast = await cold(sql, stream);
  assertEquals(fast.from, [200]);
  await sql`truncate snapshots`;
  const slow = await cold(sql, stream);
  assertEquals(slow, { ...fast, from: [0] });
  const rows = await givenEngine(sql).log.read(stream, 0);
  const folded = foldRows(testCharts, initialState(testCharts), rows);
  assertEquals([fast.version, fast.hash, fast.state], [
    folded.version,
    folded.hash,
    hashState(folded.snapshot),
  ]);
  assertEquals(rows.at(-1)?.state_hash, fast.state);
});

databaseTest("snapshot is kept by updates that lead to several facts, too", async ({ sql }) => {
  const stream = await long(sql, 110, "ask 2");
  await until("it is kept", async () => (await snapshotsOf(sql)).length === 1);
  assertEquals(await snapshotsOf(sql), [{ machine: "test/1", version: 102 }]);
  assertEquals((await cold(sql, stream)).from, [102]);
});

databaseTest("dialogue goes on from a snapshot with its chain whole", async ({ sql }) => {
  const stream = await long(sql, 100);
  await until("it is kept", async () => (await snapshotsOf(sql)).length === 1);
  const { hears, log } = givenEngine(sql);
  assertEquals(await hears(stream, "more"), "applied");
  const [before, after] = await log.read(stream, 99);
  assertEquals([after?.version, after?.prev_hash], [101, before?.hash]);
});

databaseTest("snapshot that its chart can make nothing of is folded instead", async ({ sql }) => {
  const stream = await long(sql, 120);
  await until("it is kept", async () => (await snapshotsOf(sql)).length === 1);
  const right = await cold(sql, stream);
  await sql`update snapshots set state = '{"value": "dimmed", "context": {}}'`;
  const { useless, ...mended } = await cold(sql, stream);
  assertEquals({ ...mended, useless: [] }, { ...right, from: [0] });
  assertMatch(useless.join(), new RegExp(`^${stream}: .*dimmed`));
  // So is that of a chart which this program does not have.
  await sql`update snapshots set machine = 'test/9'`;
  assertEquals(await cold(sql, stream), { ...right, from: [0] });
});

databaseTest("snapshot of an older chart is taken over like its facts", async ({ sql }) => {
  const stream = await long(sql, 100);
  await until("it is kept", async () => (await snapshotsOf(sql)).length === 1);
  const charts = chartsOf(second, testCharts.current);
  assertEquals((await cold(sql, stream, charts)).chart, "test/1");
  const { hears, streams } = givenEngine(sql, { charts });
  await hears(stream, "more");
  assertEquals((await streams.load(stream)).chart.id, "test/2");
  const { chart, version } = await cold(sql, stream, charts);
  assertEquals([chart, version], ["test/2", 102]);
});
