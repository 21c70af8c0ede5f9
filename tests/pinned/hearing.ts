/**
 * What the current chart makes of every input in every state that dialogue/1 could reach when it was
 * released, and what comes of every transition of then: the ways there are found by the frozen
 * chart. Each state is told by the shortest way to it, and in full by a hash over all standings that
 * have this state.
 */
import { charts } from "../../machines/charts.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { begin, hashState, permits, type Snapshot, step } from "../../src/runtime/step.ts";
import { hashJson } from "../../src/store/event_row.ts";
import { pinnedInputs } from "./inputs.ts";
import { frozenDialogue } from "../machines/frozen_dialogue.ts";
import { everyRights, explore, type Explored, type Standing } from "./explore.ts";

const chart = charts.current;

/** Both tables, as text: what is heard, and what comes of it. */
export function hearingTables(): { hearing: string; transitions: string } {
  const { standings, ways } = explore(frozenDialogue, pinnedInputs);
  const explored = {
    ways,
    standings: standings.map((it) => ({ ...it, snapshot: comeTo(it.path) })),
  };
  return { hearing: hearingOf(explored), transitions: transitionsOf(explored) };
}

function hearingOf({ standings }: Explored): string {
  const byState = Map.groupBy(standings, ({ snapshot }) => JSON.stringify(snapshot.value));
  return [...byState].toSorted(([a], [b]) => a < b ? -1 : 1).flatMap(([state, all]) => {
    const [first] = all;
    if (!first) return [];
    const whole = hashJson(all.map((it) => [hashState(it.snapshot), heardIn(it)]).toSorted());
    return [
      `${state} after ${first.path.map(({ type }) => type).join(" ") || "nothing"}`,
      `  all ${all.length} standings: ${whole}`,
      ...heardIn(first).map((line) => `  ${line}`),
    ];
  }).join("\n");
}

/** A line for each input; one outcome where it is the same whatever the person's rights are. */
function heardIn({ snapshot, path }: Standing): string[] {
  const at = (path.length + 1) * 1000;
  return pinnedInputs.map((input) => {
    const outcomes = everyRights.map((rights) => {
      const fact = chart.hear(snapshot.value, { input, ...rights, at, context: snapshot.context });
      const happened = { ...fact, at, version: path.length + 1 };
      return `${JSON.stringify(fact)}${permits(snapshot, happened) ? "" : " (not permitted)"}`;
    });
    const told = new Set(outcomes).size === 1 ? outcomes.slice(0, 1) : outcomes;
    return `${JSON.stringify(input)} → ${told.join(" | ")}`;
  });
}

/** By the facts that lead there: a transition's own name may change with the chart's layout. */
function transitionsOf({ ways }: Explored): string {
  const lines = [...ways.values()].map((path) => {
    const last = path.at(-1);
    if (!last) return "";
    const { snapshot, effects } = step(chart.machine, comeTo(path.slice(0, -1)), last);
    const where = JSON.stringify([snapshot.value, hashState(snapshot)]);
    return [
      `${path.map(({ type }) => type).join(" ")}`,
      `  ${JSON.stringify(last)}`,
      `  ${where}`,
      ...effects.map((effect) => `  ${JSON.stringify(effect)}`),
    ].join("\n");
  });
  return [...new Set(lines)].toSorted().join("\n");
}

/** Where the current chart comes to by these facts. */
function comeTo(path: readonly RecordedFact[]): Snapshot {
  return path.reduce(
    (snapshot, happened) => step(chart.machine, snapshot, happened).snapshot,
    begin(chart.machine),
  );
}
