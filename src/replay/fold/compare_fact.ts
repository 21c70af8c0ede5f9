/** Whether a fact still comes out as it did, and what is different where it does not. */
import type { Json } from "../../base/json.ts";
import type { AnyStateMachine } from "xstate";
import { begin, permits, persist, type Snapshot } from "../../runtime/step.ts";

import { describeEffect, describeState } from "../log/describe_state.ts";
import { sameJson } from "../../base/diff_json.ts";
import { jsonbText } from "../log/jsonb_text.ts";
import { sameState } from "./known_states.ts";
import { type FoldedRow, readFolded } from "../log/folded_row.ts";

/** What is different, without the place. */
export interface Difference {
  sentence: string;
  /** Line by line: "- say …" as stored, "+ say …" as it comes out now. */
  difference: readonly string[];
}

/** A fact as today's code folds it. */
export interface FoldedFact {
  machine: AnyStateMachine;
  /** Null at the beginning of a stream. */
  before: Snapshot | null;
  after: Snapshot;
  /** Of the state after it. */
  hash: string;
  effects: readonly unknown[];
  /** The effects as the log keeps them, where that is known. */
  text?: string;
}

/** Compares what came of the fact in `row` now with what the row says; null where it is the same. */
export function compareFact(row: FoldedRow, came: FoldedFact): Difference | null {
  const { machine, after, hash, effects, text } = came;
  if (effects.length === 0 && row.type !== "ChartUpgraded") {
    const before = came.before ?? begin(machine);
    if (sameState(before, after) && refuses(before, row)) {
      return {
        sentence: `${row.machine} now refuses it in ${describeState(after.value)}`,
        difference: compareEffects(JSON.parse(row.effects), []),
      };
    }
  }
  if (!areStored(effects, row, text)) {
    return {
      sentence: `${row.machine} now names other effects than it did`,
      difference: compareEffects(JSON.parse(row.effects), JSON.parse(JSON.stringify(effects))),
    };
  }
  if (hash === row.state_hash) return null;
  return {
    sentence: `${row.machine} now comes to another state than it did`,
    difference: [`+ ${describeState(after.value)} ${JSON.stringify(persist(after))}`],
  };
}

/** Whether these are the effects that were stored. */
export function areStored(
  effects: readonly unknown[],
  row: FoldedRow,
  text = jsonbText(effects),
): boolean {
  return text === row.effects || sameJson(effects, JSON.parse(row.effects));
}

/** A chart that changed nothing either heard the fact, or would not have it any more. */
function refuses(snapshot: Snapshot, row: FoldedRow): boolean {
  return !permits(snapshot, { ...readFolded(row), at: row.at, version: row.version });
}

function compareEffects(stored: Json, now: Json): string[] {
  const linesOf = (it: Json) => Array.isArray(it) ? it.map(describeEffect) : [];
  const [were, are] = [linesOf(stored), linesOf(now)];
  const lines = [
    ...without(were, are).map((line) => `- ${line}`),
    ...without(are, were).map((line) => `+ ${line}`),
  ];
  return lines.length > 0 ? lines : [...were.map((it) => `- ${it}`), ...are.map((it) => `+ ${it}`)];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
