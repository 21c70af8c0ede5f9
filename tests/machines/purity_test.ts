import { assertEquals } from "@std/assert";
import type { AnyStateNode } from "xstate";
import { charts } from "../../machines/charts.ts";
import { correctCardHears } from "../../machines/correct_card.ts";
import { effects } from "../../machines/effects.ts";
import type { HearsTable } from "../../machines/input.ts";
import { issueCardHears } from "../../machines/issue_card_hears.ts";
import { myCardsHears } from "../../machines/my_cards.ts";
import { searchHears } from "../../machines/search_cards.ts";
import { verifyCardHears } from "../../machines/verify_card.ts";
import { importsOf, readSources, sourceTest, withoutStrings } from "../source_files.ts";
import { nameTransitions, statesOf } from "../../src/replay/fold/transitions.ts";

/** The worker's chart that may wait and invoke; it is no dialogue. */
const EXEMPT = "machines/picture.ts";
const IMPURE = [
  /\b(?:Date|Temporal|performance|crypto|fetch|Deno|console|process|globalThis|navigator)\b/,
  /\bMath\s*\.\s*random\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\b(?:invoke|spawn|spawnChild|sendTo|sendParent|raise|history|fromPromise|fromCallback)\b/,
  /\bafter\s*:/,
];
const MAY_IMPORT = /^(?:xstate$|(?:\.\/|\.\.\/events\/)[a-z_]+\.ts$)/;

sourceTest("machines know no clock, chance, network or waiting", async () => {
  const sources = (await readSources("machines")).filter(({ path }) => path !== EXEMPT);
  const found = sources.flatMap(({ path, text }) =>
    IMPURE.flatMap((impure) => impure.exec(withoutStrings(text))?.[0] ?? [])
      .map((word) => `${path}: ${word}`)
  );
  assertEquals(found, []);
});

sourceTest("machines import XState, facts and each other only", async () => {
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

  Deno.test(`${chart.id} names effects and guards, and assigns; it has no other action`, () => {
    const transitions = [...nameTransitions(chart.machine)];
    const actions = [
      ...statesOf(chart.machine).flatMap(actionsOf),
      ...transitions.flatMap(([transition]) => transition.actions),
    ];
    assertEquals(actions.filter((action) => !isPermitted(action)).map(String), []);
    const unnamed = transitions.filter(([{ guard }]) => guard && typeof guard !== "string");
    assertEquals(unnamed.map(([, name]) => name), []);
  });

  Deno.test(`${chart.id} uses every guard that its setup names`, () => {
    const used = new Set([...nameTransitions(chart.machine).keys()].map(({ guard }) => guard));
    const named = Object.keys(chart.machine.implementations.guards);
    assertEquals(named.filter((guard) => !used.has(guard)), []);
  });
}

Deno.test("hears tables name states that their chart has", () => {
  const ids = new Set(statesOf(charts.current.machine).map(({ path }) => path.join(".")));
  const tables: HearsTable = {
    ...{ ...issueCardHears, ...myCardsHears, ...correctCardHears, ...searchHears },
    ...verifyCardHears,
  };
  assertEquals(Object.keys(tables).filter((state) => !ids.has(state)), []);
});

const actionsOf = ({ entry, exit }: AnyStateNode) => [...entry, ...exit];

/** A named effect with its params, or one of XState's two ways to do nothing to the world. */
function isPermitted(action: unknown): boolean {
  if (typeof action === "function" && "type" in action) {
    return action.type === "xstate.assign" || action.type === "xstate.enqueueActions";
  }
  return typeof action === "object" && action !== null && "type" in action &&
    typeof action.type === "string" && Object.hasOwn(effects, action.type);
}
