/** The check before a deploy: golden logs agree, and whatever is changed in a chart is told. */
import type { Chart, Charts } from "../../machines/flow/chart.ts";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { charts as ours } from "../../machines/charts.ts";
import { countTransitions } from "../../src/replay/graph/chart_graph.ts";
import { checkLog, type CheckReport } from "../../src/replay/check/check_log.ts";
import { foldedPages } from "../../src/replay/log/read_pages.ts";
import { nameTransitions } from "../../src/replay/fold/transitions.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { databaseTest } from "../database.ts";
import {
  goldenNames,
  goldenRows,
  goldenTest,
  nameOfGolden,
  pagesOf,
  readGolden,
} from "../logs/golden_logs.ts";
import { dialogue, givenEngine } from "../runtime/given_engine.ts";
import { chartsOf, first, second, stranger, testCharts } from "../runtime/test_chart.ts";
import { replay } from "./given_replay.ts";

const golden = () => goldenRows(nameOfGolden());

const check = (rows: readonly EventRow[], charts: Charts): Promise<CheckReport> =>
  checkLog(foldedPages(pagesOf(rows, 7)), { charts });

/** Our charts, with the current one changed and its name kept. */
function withChange(change: (machine: Chart["machine"]) => Chart["machine"]): Charts {
  const { current } = ours;
  const changed = { ...current, machine: change(current.machine) };
  return { all: { ...ours.all, [changed.id]: changed }, current: changed };
}

goldenTest("golden logs are what today's charts decide", async () => {
  const names = await goldenNames();
  assert(names.length > 0);
  for (const name of names) {
    const { code, lines } = await replay(null, ["check", name], {
      files: { [name]: await readGolden(name) },
    });
    assertEquals([code, lines.length], [0, 1], lines.join("\n"));
  }
});

goldenTest("golden logs take every transition of every chart", async () => {
  const rows = (await Promise.all((await goldenNames()).map(goldenRows))).flat();
  for (const { machine } of Object.values(ours.all)) {
    const heat = await countTransitions(pagesOf(rows), ours, machine);
    const cold = [...nameTransitions(machine).values()].filter((name) => !heat.get(name));
    assertEquals(cold, []);
  }
});

goldenTest("check names the version at which a changed guard decides otherwise", async () => {
  const rows = await golden();
  const charts = withChange((machine) => machine.provide({ guards: { isConfirmed: () => false } }));
  const { divergences, diverged } = await check(rows, charts);
  const confirmed = rows.filter(({ type }) => type === "CardWithdrawn");
  assertEquals(diverged, new Set(confirmed.map(({ stream }) => stream)).size);
  for (const { stream, version, type, sentence } of divergences) {
    const first = confirmed.find((row) => row.stream === stream);
    assertEquals([version, type], [first?.version, "CardWithdrawn"]);
    assertEquals(
      sentence,
      "dialogue/1 now refuses it in flow.withdrawing.confirming checking.ready",
    );
  }
});

goldenTest("check shows the effects that a changed guard leads to", async () => {
  const rows = await golden();
  const charts = withChange((machine) => machine.provide({ guards: { isTap: () => false } }));
  const tap = rows.find(({ type, data }) => type === "InputRefused" && data.kind === "tap");
  const { divergences } = await check(rows, charts);
  const divergence = divergences.find(({ stream }) => stream === tap?.stream);
  assertEquals(divergence?.version, tap?.version);
  assertEquals(divergence?.sentence, "dialogue/1 now names other effects than it did");
  assertEquals(divergence?.difference[0], '- toast {"text":"button_outdated"}');
  assertStringIncludes(divergence?.difference[1] ?? "", '+ say {"text":"input_refused"');
});

goldenTest("check tells of another state even where the effects are the same", async () => {
  const rows = await golden();
  const row = rows.find(({ type }) => type === "NameProvided");
  assert(row);
  const changed = rows.map((it) => it === row ? { ...it, state_hash: "0".repeat(64) } : it);
  const { divergences } = await check(changed, ours);
  assertEquals(divergences.map(({ stream, version }) => [stream, version]), [
    [row.stream, row.version],
  ]);
  assertEquals(divergences[0]?.sentence, "dialogue/1 now comes to another state than it did");
  assertStringIncludes(divergences[0]?.difference[0] ?? "", "+ flow.issuing");
});

goldenTest("check says of an unknown chart and a newer fact what they are", async () => {
  const [row, ...rest] = await golden();
  assert(row);
  const told = async (change: Partial<EventRow>) =>
    (await check([{ ...row, ...change }, ...rest], ours)).divergences.map(({ sentence }) =>
      sentence
    );
  const where = `${row.stream} version 1`;
  assertEquals(await told({ machine: "dialogue/9" }), [
    `Cannot fold ${where}: this program has no chart dialogue/9`,
  ]);
  assertEquals(await told({ schema_version: 2 }), [
    `Cannot read ${where}: ${row.type} has version 2, this program knows up to 1. Run a newer one`,
  ]);
  assertEquals(await told({ type: "CardBurnt" }), [`Cannot read ${where}: unknown fact CardBurnt`]);
});

databaseTest("old facts still check after a newer chart took the stream over", async ({ sql }) => {
  const stream = dialogue();
  const older = givenEngine(sql, { charts: chartsOf(first) });
  await older.hears(stream, "one");
  await older.hears(stream, "ask 1");
  const newer = chartsOf(second, first);
  const left = dialogue();
  await older.hears(left, "stays");
  const { hears, log } = givenEngine(sql, { charts: newer });
  await hears(stream, "two");
  const rows = [...await log.read(stream, 0), ...await log.read(left, 0)];
  assertEquals(rows.map(({ type }) => type).includes("ChartUpgraded"), true);
  const { facts, diverged, elsewhere } = await check(rows, newer);
  assertEquals({ facts, diverged }, { facts: 6, diverged: 0 });
  // What the newer one would have said instead is told, and is no fault: that is why it is newer.
  assertEquals(elsewhere.streams, 1);
  assertEquals(elsewhere.differ, 1);
});

databaseTest("check tells of a stream that today's chart cannot take over", async ({ sql }) => {
  const stream = dialogue();
  const older = givenEngine(sql, { charts: chartsOf(first) });
  await older.hears(stream, "one");
  const broken: Chart = { ...second, takesOver: { [first.id]: () => ({ value: "nowhere" }) } };
  const { divergences } = await check(await older.log.read(stream, 0), chartsOf(broken, first));
  assertEquals(divergences.map(({ version }) => version), [1]);
  assertStringIncludes(divergences[0]?.sentence ?? "", "test/2 cannot take it over from here");
});

databaseTest(
  "check takes streams, a sample or all, and its code says how it went",
  async ({ sql }) => {
    const { hears } = givenEngine(sql);
    const [a, b] = [dialogue(), dialogue()];
    await hears(a, "one");
    await hears(a, "two");
    await hears(b, "three");
    const agrees = (facts: string, streams: string) => [
      `Agrees: ${facts} in ${streams} come out as they did.`,
    ];
    const run = async (charts: Charts, ...args: string[]) => {
      const { code, lines } = await replay(sql, ["check", ...args], { charts });
      return { code, lines };
    };
    assertEquals(await run(testCharts, "--all"), {
      code: 0,
      lines: agrees("3 facts", "2 streams"),
    });
    assertEquals(await run(testCharts, a), { code: 0, lines: agrees("2 facts", "1 stream") });
    assertEquals((await run(testCharts, "--sample", "1")).code, 0);
    // Says everything under another name.
    const renamed: Chart = { ...first, machine: stranger.machine };
    const { code, lines } = await run(chartsOf(renamed), "--all");
    const [earlier = ""] = [a, b].toSorted();
    assertEquals(code, 1);
    assertEquals(
      lines.filter((line) => line.includes("version")),
      [a, b].toSorted().map((stream) =>
        `${stream} version 1 (pos ${stream === a ? 1 : 3}, NameProvided): ` +
        "test/1 now names other effects than it did"
      ),
    );
    assertEquals(lines.slice(-2), [
      "Diverges: 2 streams of 3 facts in 2 streams.",
      `Look: deno task replay run ${earlier} --to 1 --step`,
    ]);
  },
);
