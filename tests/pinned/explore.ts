/**
 * Walks a dialogue chart breadth first: every state that differs in more than names and times. As
 * it walked when the tables were recorded: it knows the flows of then by hand.
 */
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import type { Fact } from "../../events/facts.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import type { Context } from "../machines/dialogue_1/dialogue_setup.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { Effect as Known } from "../machines/dialogue_1/effects.ts";
import type { Input } from "../../machines/flow/input.ts";
import { nameTransitions, transitionsTaken } from "../../src/replay/fold/transitions.ts";
import { begin, permits, type Snapshot, step } from "../../src/runtime/step.ts";
import { answersTo } from "./answers.ts";

/** Where a dialogue may stand, and by which facts it came there. */
export interface ReachedState {
  snapshot: Snapshot;
  path: readonly RecordedFact[];
  /** All that was ever asked, answered or not. */
  calls: readonly Effect[];
}

/** What was found: where a dialogue may stand, and the shortest way to take each transition. */
export interface Explored {
  reachedStates: readonly ReachedState[];
  /** By the name of a transition: facts of which the last takes it. */
  paths: ReadonlyMap<string, readonly RecordedFact[]>;
}

/** An owner, a maker, anybody. */
export const everyRights = [
  { admin: true, owner: true },
  { admin: true, owner: false },
  { admin: false, owner: false },
] as const;

/** Two pictures of whose code is enough: a third is like the second. */
const READING_MAX = 2;
const MISSES_MAX = 10;

/**
 * From a new dialogue and from one with as many misses as are forgiven, through every input, of a
 * maker and of anybody, and through every answer that a call may have.
 */
export function explore(chart: Chart, inputs: readonly Input[]): Explored {
  const paths = new Map<string, readonly RecordedFact[]>();
  const found = new Map<string, ReachedState>();
  const add = (reached: ReachedState) => {
    const outline = outlineOf(reached.snapshot);
    if (!found.has(outline)) found.set(outline, reached);
  };
  const names = nameTransitions(chart.machine);
  const miss: Fact = { type: "CodeRefused", callId: null, reason: "mistyped" };
  const fresh: ReachedState = { snapshot: begin(chart.machine), path: [], calls: [] };
  add(fresh);
  add(
    Array.from({ length: MISSES_MAX }).reduce((it: ReachedState) => after(chart, it, miss), fresh),
  );
  // A Map's iterator comes to what is added meanwhile as well.
  for (const reached of found.values()) {
    for (const fact of plausibleFacts(chart, reached, inputs)) {
      const recorded = recordNext(reached, fact);
      if (!permits(reached.snapshot, recorded)) continue;
      for (const name of transitionsTaken(chart.machine, names, reached.snapshot, recorded)) {
        if (!paths.has(name)) paths.set(name, [...reached.path, recorded]);
      }
      add(after(chart, reached, fact));
    }
  }
  return { reachedStates: [...found.values()], paths };
}

/** Whether it waits for an answer before the commit, and therefore hears nobody yet. */
export function isAsking({ snapshot }: ReachedState): boolean {
  const { asked, presented, minting }: Context = snapshot.context;
  return asked !== null || presented !== null || minting?.call.is === "asked";
}

/** A fact as the next one of this dialogue. */
export function recordNext({ path }: ReachedState, fact: Fact): RecordedFact {
  return { ...fact, version: path.length + 1, at: (path.length + 1) * 1000 };
}

function after(chart: Chart, reached: ReachedState, fact: Fact): ReachedState {
  const recorded = recordNext(reached, fact);
  const { snapshot, effects } = step(chart.machine, reached.snapshot, recorded);
  const calls = effects.filter(({ params }) => "callId" in params);
  return {
    snapshot,
    path: [...reached.path, recorded],
    calls: [...reached.calls, ...calls],
  };
}

/** What other dialogues may tell this one, at any time. */
const told: readonly Fact[] = [{ type: "DismissalLearned" }];
/** Heard no more, but told by old logs. */
const retired: readonly Fact[] = [
  { type: "AdminOpened", owner: false },
  { type: "AdminOpened", owner: true },
];

function plausibleFacts(chart: Chart, reached: ReachedState, inputs: readonly Input[]): Fact[] {
  const { snapshot, path, calls } = reached;
  const { reading }: Context = snapshot.context;
  const at = (path.length + 1) * 1000;
  const heard = isAsking(reached)
    ? []
    : inputs.flatMap((input) =>
      everyRights.map((rights) =>
        chart.hear(snapshot.value, { input, ...rights, at, context: snapshot.context })
      )
    ).filter(({ type }) => type !== "CodePhotoProvided" || reading.length < READING_MAX);
  const facts = [
    ...heard,
    ...calls.flatMap((effect) => answersTo(effect as Known)),
    ...told,
    ...retired,
  ];
  return [...new Map(facts.map((fact) => [JSON.stringify(fact), fact])).values()];
}

/** A state without what makes no difference: names, times, which call it is. */
function outlineOf({ value, context }: Snapshot): string {
  const { draft, withdrawal, asked, presented, reading, misses, pause }: Context = context;
  const { minting, correction }: Context = context;
  return JSON.stringify([
    value,
    draft && [
      draft.original.is,
      draft.packaged.is,
      draft.name === null,
      draft.description === null,
      draft.album,
      draft.copies ?? null,
    ],
    withdrawal && [withdrawal.number, withdrawal.reason === null],
    asked?.intent ?? null,
    presented !== null,
    reading.length,
    misses.length >= MISSES_MAX,
    pause !== null,
    minting ? [minting.call.is, minting.done, minting.editions] : null,
    correction ? [correction.number, correction.part, correction.photo !== null] : null,
  ]);
}
