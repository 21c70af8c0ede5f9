/** Walks a dialogue chart breadth first: every state that differs in more than words and times. */
import type { AnyStateMachine } from "xstate";
import { type Fact, facts } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { type Effect, type EffectKind, isEffect } from "../../machines/flow/effect.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import type { Input } from "../../machines/flow/input.ts";
import { tell } from "../../machines/flow/kit_effects.ts";
import {
  nameTransitions,
  statesOf,
  type TransitionNames,
  transitionsTaken,
} from "../../src/replay/fold/transitions.ts";
import { begin, permits, type Snapshot, step } from "../../src/runtime/step.ts";
import { samplesOf } from "../events/samples_of.ts";
import { answersTo } from "./answers.ts";
import { MANY, outlinesOf } from "./outline_of.ts";
import { described, issueBegun, kept, named, provided, skipped } from "./samples.ts";

/** Where a dialogue may stand, and by which facts it came there. */
export interface ReachedState {
  snapshot: Snapshot;
  path: readonly RecordedFact[];
  /** The asks that are out: they are answered before anybody is heard again. */
  asks: readonly Effect[];
  /** All jobs that there ever were, done or not. */
  jobs: readonly Effect[];
}

/** What was found: where a dialogue may stand, and the shortest way to take each transition. */
export interface Explored {
  reachedStates: readonly ReachedState[];
  /** By the name of a transition: facts of which the last takes it. */
  paths: ReadonlyMap<string, readonly RecordedFact[]>;
  /** Facts that the chart takes and nothing leads to any more: old logs tell them. */
  retired: readonly string[];
}

/** An owner, a maker, anybody. */
export const everyRights = [
  { admin: true, owner: true },
  { admin: true, owner: false },
  { admin: false, owner: false },
] as const;

/**
 * From a new dialogue, and from those in which one thing was done over and over, through every input
 * of an owner, a maker and anybody, every answer that a call may have, and all that others tell.
 */
export function explore(chart: Chart, inputs: readonly Input[]): Explored {
  const walk = new Walk(chart, inputs);
  walk.toTheEnd();
  // Later, so that the paths that were found are short.
  walk.doOver();
  walk.toTheEnd();
  FORMER.forEach((facts) => walk.go(facts));
  walk.crowd();
  const retired = takenBy(chart.machine).filter((type) => !walk.met.has(type));
  for (const type of retired) samplesOfFact(type).forEach((fact) => walk.hearFromOthers(fact));
  walk.toTheEnd();
  return { reachedStates: walk.reachedStates, paths: walk.paths, retired };
}

/** The last answer issued a card, and a batch, before they were shown first. */
const FORMER: readonly (readonly Fact[])[] = [
  [issueBegun, provided(), kept("2:0"), named(), described(), skipped],
  [
    ...[{ type: "BatchBegun" } as const, { type: "CopiesChosen", copies: 24 } as const],
    ...[provided(), kept("3:0"), named(), described(), skipped],
  ],
];

class Walk {
  readonly reachedStates: ReachedState[] = [];
  readonly paths = new Map<string, readonly RecordedFact[]>();
  /** Kinds of facts that were proposed somewhere. */
  readonly met = new Set<string>();
  readonly #chart: Chart;
  readonly #inputs: readonly Input[];
  readonly #names: TransitionNames;
  readonly #outlines = new Set<string>();
  /** What other dialogues may tell this one, at any time. */
  readonly #told = new Map<string, Fact>();
  #walked = 0;

  constructor(chart: Chart, inputs: readonly Input[]) {
    this.#chart = chart;
    this.#inputs = inputs;
    this.#names = nameTransitions(chart.machine);
    this.#find(freshOf(chart));
  }

  /** From new dialogues in which one thing was done over and over as well. */
  doOver(): void {
    const fresh = freshOf(this.#chart);
    for (const fact of heardIn(this.#chart, fresh, this.#inputs)) {
      this.#find(overAndOver(this.#chart, fresh, fact));
    }
  }

  /** Along a way that old logs tell, and nowhere else from there. */
  go(facts: readonly Fact[]): void {
    let reached = freshOf(this.#chart);
    for (const fact of facts) {
      const recorded = recordNext(reached, fact);
      if (!permits(reached.snapshot, recorded)) return;
      this.#note(reached, recorded);
      reached = after(this.#chart, reached, recorded).next;
    }
  }

  /** What is heard only where many jobs are out, once and again; from there it is not walked on. */
  crowd(): void {
    const fresh = freshOf(this.#chart);
    for (const fact of heardIn(this.#chart, fresh, this.#inputs)) {
      const crowded = overAndOver(this.#chart, fresh, fact, { withJobs: true });
      const heard = isAsking(crowded) ? [] : heardIn(this.#chart, crowded, this.#inputs);
      for (const it of heard.filter(({ type }) => !this.met.has(type))) {
        const next = this.#meet(crowded, it);
        if (next) this.#meet(next, it);
      }
    }
  }

  toTheEnd(): void {
    while (this.#walked < this.reachedStates.length) {
      const reached = this.reachedStates[this.#walked++];
      if (!reached) return;
      for (const fact of this.#factsFor(reached)) this.#take(reached, fact);
    }
  }

  /** From now on this may be told at any time, also where the walk has been already. */
  hearFromOthers(fact: Fact): void {
    const json = JSON.stringify(fact);
    if (this.#told.has(json)) return;
    this.#told.set(json, fact);
    for (const reached of this.reachedStates.slice(0, this.#walked)) {
      if (!isAsking(reached)) this.#take(reached, fact);
    }
  }

  #take(reached: ReachedState, fact: Fact): void {
    const next = this.#meet(reached, fact);
    if (next) this.#find(next);
  }

  /** Where it leads, if it is permitted. */
  #meet(reached: ReachedState, fact: Fact): ReachedState | null {
    this.met.add(fact.type);
    const recorded = recordNext(reached, fact);
    if (!permits(reached.snapshot, recorded)) return null;
    this.#note(reached, recorded);
    const { next, effects } = after(this.#chart, reached, recorded);
    for (const effect of effects) {
      if (isEffect(tell, effect)) this.hearFromOthers(effect.params.fact);
    }
    return next;
  }

  /** Notes the transitions that this fact takes here. */
  #note({ snapshot, path }: ReachedState, recorded: RecordedFact): void {
    const { machine } = this.#chart;
    for (const name of transitionsTaken(machine, this.#names, snapshot, recorded)) {
      if (!this.paths.has(name)) this.paths.set(name, [...path, recorded]);
    }
  }

  #find(reached: ReachedState): void {
    const asks = reached.asks.map(({ type }) => type);
    const outlines = outlinesOf(reached.snapshot).map((it) => JSON.stringify([it, asks]));
    const fresh = outlines.filter((it) => !this.#outlines.has(it));
    if (fresh.length === 0) return;
    for (const outline of fresh) this.#outlines.add(outline);
    this.reachedStates.push(reached);
  }

  #factsFor(reached: ReachedState): Fact[] {
    const [ask] = reached.asks;
    if (ask) return answersTo(ask);
    const heard = heardIn(this.#chart, reached, this.#inputs);
    return unique([...heard, ...reached.jobs.flatMap(answersTo), ...this.#told.values()]);
  }
}

/** Whether it waits for an answer before the commit, and therefore hears nobody yet. */
export function isAsking({ asks }: ReachedState): boolean {
  return asks.length > 0;
}

/** A fact as the next one of this dialogue. */
export function recordNext({ path }: ReachedState, fact: Fact): RecordedFact {
  return { ...fact, version: path.length + 1, at: (path.length + 1) * 1000 };
}

/** The facts of a dialogue's path, to be read by people. */
export function describeReached({ snapshot, path }: ReachedState): string {
  const way = path.map((fact) => fact.type).join(" → ");
  return `${JSON.stringify(snapshot.value)} after ${way || "nothing"}`;
}

const freshOf = ({ machine }: Chart): ReachedState => ({
  ...{ snapshot: begin(machine), path: [], asks: [], jobs: [] },
});

/** What people of any rights may make of any input here. */
function heardIn(
  { hear }: Chart,
  { snapshot: { value, context }, path }: ReachedState,
  inputs: readonly Input[],
): Fact[] {
  const at = (path.length + 1) * 1000;
  return unique(
    inputs.flatMap((input) =>
      everyRights.map((who) => hear(value, { input, ...who, at, context }))
    ),
  );
}

function after({ machine, effects: known }: Chart, reached: ReachedState, recorded: RecordedFact) {
  const { snapshot, effects } = step(machine, reached.snapshot, recorded);
  const of = (kind: EffectKind) => effects.filter(({ type }) => known.get(type)?.kind === kind);
  const next: ReachedState = {
    snapshot,
    path: [...reached.path, recorded],
    asks: [...reached.asks.slice(1), ...of("ask")],
    jobs: [...reached.jobs, ...of("job")],
  };
  return { next, effects };
}

/** As often as it is taken, while it leads to no asks, and to no jobs unless they may wait. */
function overAndOver(
  chart: Chart,
  fresh: ReachedState,
  fact: Fact,
  { withJobs = false } = {},
): ReachedState {
  let reached = fresh;
  for (let time = 0; time < MANY && !isAsking(reached); time++) {
    if (reached.jobs.length > 0 && !withJobs) break;
    const recorded = recordNext(reached, fact);
    if (!permits(reached.snapshot, recorded)) break;
    reached = after(chart, reached, recorded).next;
  }
  return reached;
}

/** Kinds of facts that some state of the chart has a transition for. */
function takenBy(machine: AnyStateMachine): string[] {
  return [...new Set(statesOf(machine).flatMap(({ transitions }) => [...transitions.keys()]))];
}

function samplesOfFact(type: string): Fact[] {
  const { schema } = facts.get(type) ?? {};
  return schema
    ? samplesOf(schema, type).map((made) => checkFact({ type, ...Object(made) }, `a ${type}`))
    : [];
}

const unique = (all: readonly Fact[]): Fact[] => [
  ...new Map(all.map((fact) => [JSON.stringify(fact), fact])).values(),
];
