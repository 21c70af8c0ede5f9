/** Statecharts, drawn. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import { graphOf } from "../../src/replay/graph/chart_graph.ts";
import { drawSvg } from "../../src/replay/graph/draw_svg.ts";
import { drawDot, drawMermaid } from "../../src/replay/graph/draw_text.ts";
import { nameTransitions, statesOf } from "../../src/replay/fold/transitions.ts";
import { goldenDatabaseTest } from "./given_golden.ts";
import { replay } from "./given_replay.ts";

const { machine } = charts.current;
const graph = graphOf(machine);

Deno.test("a graph has every state and every transition of its chart", () => {
  const states = (state: typeof graph.root): string[] => [
    state.id,
    ...state.states.flatMap(states),
  ];
  assertEquals(states(graph.root), statesOf(machine).map(({ id }) => id));
  const inner = (state: typeof graph.root): string[] => [
    ...state.inner.map(({ id }) => id),
    ...state.states.flatMap(inner),
  ];
  const drawn = [...graph.transitions.map(({ id }) => id), ...inner(graph.root)];
  assertEquals(new Set(drawn), new Set(nameTransitions(machine).values()));
});

Deno.test("every way of drawing names all states and says which transitions were never taken", async () => {
  const [hot = ""] = graph.transitions.map(({ id }) => id);
  const heated = graphOf(machine, new Map([[hot, 12]]));
  const svg = await drawSvg(heated);
  const mermaid = drawMermaid(heated);
  const dot = drawDot(heated);
  for (const { id, key } of statesOf(machine)) {
    assertStringIncludes(svg, `data-id="${id}"`);
    assertStringIncludes(mermaid, `state "${key}" as ${id.replace(/[^A-Za-z0-9]/g, "_")}`);
    assertStringIncludes(dot, JSON.stringify(id));
  }
  for (const drawing of [svg, mermaid, dot]) {
    assertEquals(drawing.match(/×12\b/g)?.length, 1);
    assert((drawing.match(/×0\b/g)?.length ?? 0) > 50);
  }
  assertMatch(svg, /class="warm"/);
  assertMatch(svg, /class="cold"/);
  assertMatch(dot, /style=dashed/);
  assert(!(await drawSvg(graph)).includes("×"), "nobody counted, and yet there are counts");
  assertEquals(opened(svg), []);
});

/** Tags of an SVG that are not closed in order. */
function opened(svg: string): string[] {
  const open: string[] = [];
  for (const [, close, name = "", own] of svg.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
    if (close) assertEquals(open.pop(), name);
    else if (!own) open.push(name);
  }
  return open;
}

goldenDatabaseTest("graph counts what this log has taken", async ({ sql, run }) => {
  const lines = await run(0, "graph", "--heat", "--format", "mermaid");
  const [row] = await sql`select count(*)::int as n from events where type = 'HelpAsked'`;
  assertMatch(lines.join("\n"), new RegExp(`_answering : HelpAsked ×${row?.n}\\b`));
  const { notes } = await replay(sql, ["graph", "--heat"]);
  // What this log was recorded with, it took; the chart has learned more since.
  const all = nameTransitions(machine).size;
  assertEquals(notes, [
    `dialogue/1: ${all - 72} of ${all} transitions were never taken in this log.`,
  ]);
  const without = await replay(null, ["graph", "dialogue/1", "--format", "dot"]);
  assertEquals([without.code, without.lines[0]?.startsWith('digraph "dialogue/1"')], [0, true]);
  const unknown = await replay(null, ["graph", "dialogue/7"]);
  assertEquals([unknown.code, unknown.notes], [66, [
    "Cannot draw dialogue/7: there is no such chart. There are dialogue/1",
  ]]);
  assertEquals((await replay(null, ["graph", "--format", "png"])).code, 64);
});
