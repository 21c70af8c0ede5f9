/**
 * What the current chart makes of every input in every state that dialogue/1 could reach when it was
 * released, and what comes of every transition of then: the frozen chart finds the paths. Each state
 * is shown by its shortest path, and covered in full by a hash of all its reached states.
 */
import { charts } from "../../machines/charts.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { begin, hashState, permits, type Snapshot, step } from "../../src/runtime/step.ts";
import { hashJson } from "../../src/store/event_row.ts";
import { pinnedInputs } from "./inputs.ts";
import { frozenDialogue } from "../machines/frozen_dialogue.ts";
import { everyRights, explore, type Explored, type ReachedState } from "./explore.ts";

const chart = charts.current;

/** Both tables, as text: what is heard, and what comes of it. */
export function chartTables(): { hear_results: string; transitions: string } {
  const { reachedStates, paths } = explore(frozenDialogue, pinnedInputs);
  const explored = {
    paths,
    reachedStates: reachedStates.map((it) => ({ ...it, snapshot: comeTo(it.path) })),
  };
  return { hear_results: hearResultsOf(explored), transitions: transitionsOf(explored) };
}

function hearResultsOf({ reachedStates }: Explored): string {
  const byState = Map.groupBy(reachedStates, ({ snapshot }) => JSON.stringify(snapshot.value));
  return [...byState].toSorted(([a], [b]) => a < b ? -1 : 1).flatMap(([state, all]) => {
    const [first] = all;
    if (!first) return [];
    const whole = hashJson(all.map((it) => [hashState(it.snapshot), heardIn(it)]).toSorted());
    return [
      `${state} after ${first.path.map(({ type }) => type).join(" ") || "nothing"}`,
      `  all ${all.length} reached states: ${whole}`,
      ...heardIn(first).map((line) => `  ${line}`),
    ];
  }).join("\n");
}

/** A line for each input; one outcome where it is the same whatever the person's rights are. */
function heardIn({ snapshot, path }: ReachedState): string[] {
  const at = (path.length + 1) * 1000;
  return pinnedInputs.map((input) => {
    const outcomes = everyRights.map((rights) => {
      const fact = chart.hear(snapshot.value, { input, ...rights, at, context: snapshot.context });
      const recorded = { ...fact, at, version: path.length + 1 };
      return `${JSON.stringify(fact)}${permits(snapshot, recorded) ? "" : " (not permitted)"}`;
    });
    const told = new Set(outcomes).size === 1 ? outcomes.slice(0, 1) : outcomes;
    return `${JSON.stringify(input)} → ${told.join(" | ")}`;
  });
}

/** By the facts that lead there: a transition's own name may change with the chart's layout. */
function transitionsOf({ paths }: Explored): string {
  const lines = [...paths.values()].map((path) => {
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
    (snapshot, recorded) => step(chart.machine, snapshot, recorded).snapshot,
    begin(chart.machine),
  );
}
