import { assertEquals } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { flows } from "../../machines/dialogue.ts";
import { nameTransitions, statesOf } from "../../src/replay/fold/transitions.ts";
import { importsOf, readSources, sourceTest, withoutStrings } from "../source_files.ts";

/** The worker's chart that may wait and invoke; it is no dialogue. */
const EXEMPT = "machines/picture.ts";
const IMPURE = [
  /\b(?:Date|Temporal|performance|crypto|fetch|Deno|console|process|globalThis|navigator)\b/,
  /\bMath\s*\.\s*random\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\b(?:invoke|spawn|spawnChild|sendTo|sendParent|raise|history|fromPromise|fromCallback)\b/,
  /\bafter\s*:/,
];
const MAY_IMPORT = /^(?:(?:xstate|zod)$|\.{1,2}\/(?:(?:\.\.\/)?events\/|flows?\/)?[a-z_]+\.ts$)/;

sourceTest("machines know no clock, chance, network or waiting", async () => {
  const sources = (await readSources("machines")).filter(({ path }) => path !== EXEMPT);
  const found = sources.flatMap(({ path, text }) =>
    IMPURE.flatMap((impure) => impure.exec(withoutStrings(text))?.[0] ?? [])
      .map((word) => `${path}: ${word}`)
  );
  assertEquals(found, []);
});

sourceTest("machines import XState, Zod, facts and each other only", async () => {
  const sources = (await readSources("machines")).filter(({ path }) => path !== EXEMPT);
  const found = sources.flatMap(({ path, text }) =>
    importsOf(text).filter(({ from }) => !MAY_IMPORT.test(from))
      .map(({ from }) => `${path}: ${from}`)
  );
  assertEquals(found, []);
});

for (const chart of Object.values(charts.all)) {
  Deno.test(`${chart.id} neither invokes nor waits nor has history`, () => {
    const found = statesOf(chart.machine).filter(({ invoke, after, type }) =>
      invoke.length > 0 || after.length > 0 || type === "history"
    );
    assertEquals(found.map(({ id }) => id), []);
  });

  Deno.test(`${chart.id} names its effects, and assigns; it has no other action`, () => {
    const actions = [
      ...statesOf(chart.machine).flatMap(({ entry, exit }) => [...entry, ...exit]),
      ...[...nameTransitions(chart.machine).keys()].flatMap(({ actions }) => actions),
    ];
    const strays = actions.filter((action) => !isPermitted(chart, action));
    assertEquals(strays.map((action) => JSON.stringify(action) ?? String(action)), []);
  });

  Deno.test(`${chart.id} has guards by name only, and uses all that it has`, () => {
    const named = Object.keys(chart.machine.implementations.guards);
    const transitions = [...nameTransitions(chart.machine)].filter(([{ guard }]) => guard);
    const unnamed = transitions.filter(([{ guard }]) => !named.includes(nameOf(guard) ?? ""));
    assertEquals(unnamed.map(([, name]) => name), []);
    const used = new Set(transitions.map(([{ guard }]) => nameOf(guard)));
    assertEquals(named.filter((guard) => !used.has(guard)), []);
  });

  Deno.test(`${chart.id} says beside its states what they hear, and waits for what its flows know`, () => {
    const expects = new Set(flows.flatMap(({ words }) => words?.expects ?? []));
    const strays = statesOf(chart.machine).filter(({ meta }) => meta && !isEar(meta, expects));
    assertEquals(strays.map(({ id }) => id), []);
  });
}

/** The name of a guard, with or without params. */
function nameOf(guard: unknown): string | undefined {
  if (typeof guard === "string") return guard;
  if (typeof guard !== "object" || guard === null || !("type" in guard)) return undefined;
  return typeof guard.type === "string" ? guard.type : undefined;
}

/** An effect of the chart with its params, or XState's way to remember. */
function isPermitted({ effects }: Chart, action: unknown): boolean {
  if (typeof action === "function") return "type" in action && action.type === "xstate.assign";
  const type = nameOf(action);
  return type !== undefined && typeof action === "object" && effects.has(type);
}

function isEar(meta: object, expects: ReadonlySet<string>): boolean {
  if (!("hears" in meta) || typeof meta.hears !== "function") return false;
  return !("expects" in meta) || expects.has(String(meta.expects));
}
