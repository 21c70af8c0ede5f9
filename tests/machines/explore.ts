/** Walks a dialogue chart breadth first: every standing that differs in more than words and times. */
import type { AnyStateMachine } from "xstate";
import { type Fact, facts } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { type Effect, type EffectKind, isEffect } from "../../machines/flow/effect.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import type { Input } from "../../machines/flow/input.ts";
import { tell as tellIt } from "../../machines/flow/kit_effects.ts";
import {
  nameTransitions,
  statesOf,
  type TransitionNames,
  transitionsTaken,
} from "../../src/replay/fold/transitions.ts";
import { begin, permits, type Snapshot, step } from "../../src/runtime/step.ts";
import { samplesOf } from "../events/samples_of.ts";
import { answersTo } from "./answers.ts";
import { MANY, outlineOf } from "./outline_of.ts";

/** Where a dialogue may stand, and by which facts it came there. */
export interface Standing {
  snapshot: Snapshot;
  path: readonly RecordedFact[];
  /** The asks that are out: they are answered before anybody is heard again. */
  asks: readonly Effect[];
  /** All jobs that there ever were, done or not. */
  jobs: readonly Effect[];
}

/** What was found: where a dialogue may stand, and the shortest way to take each transition. */
export interface Explored {
  standings: readonly Standing[];
  /** By the name of a transition: facts of which the last takes it. */
  ways: ReadonlyMap<string, readonly RecordedFact[]>;
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
  // Later, so that the ways that were found are short.
  walk.doOver();
  walk.toTheEnd();
  const retired = takenBy(chart.machine).filter((type) => !walk.met.has(type));
  for (const type of retired) samplesOfFact(type).forEach((fact) => walk.tell(fact));
  walk.toTheEnd();
  return { standings: walk.standings, ways: walk.ways, retired };
}

class Walk {
  readonly standings: Standing[] = [];
  readonly ways = new Map<string, readonly RecordedFact[]>();
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

  toTheEnd(): void {
    while (this.#walked < this.standings.length) {
      const standing = this.standings[this.#walked++];
      if (!standing) return;
      for (const fact of this.#factsFor(standing)) this.#take(standing, fact);
    }
  }

  /** From now on this may be told at any time, also where the walk has been already. */
  tell(fact: Fact): void {
    const json = JSON.stringify(fact);
    if (this.#told.has(json)) return;
    this.#told.set(json, fact);
    for (const standing of this.standings.slice(0, this.#walked)) {
      if (!isAsking(standing)) this.#take(standing, fact);
    }
  }

  #take(standing: Standing, fact: Fact): void {
    this.met.add(fact.type);
    const happened = happen(standing, fact);
    if (!permits(standing.snapshot, happened)) return;
    const { machine } = this.#chart;
    for (const name of transitionsTaken(machine, this.#names, standing.snapshot, happened)) {
      if (!this.ways.has(name)) this.ways.set(name, [...standing.path, happened]);
    }
    const { next, effects } = after(this.#chart, standing, happened);
    this.#find(next);
    for (const effect of effects) if (isEffect(tellIt, effect)) this.tell(effect.params.fact);
  }

  #find(standing: Standing): void {
    const asks = standing.asks.map(({ type }) => type);
    const outline = JSON.stringify([outlineOf(standing.snapshot), asks]);
    if (this.#outlines.has(outline)) return;
    this.#outlines.add(outline);
    this.standings.push(standing);
  }

  #factsFor(standing: Standing): Fact[] {
    const [ask] = standing.asks;
    if (ask) return answersTo(ask);
    const heard = heardIn(this.#chart, standing, this.#inputs);
    return unique([...heard, ...standing.jobs.flatMap(answersTo), ...this.#told.values()]);
  }
}

/** Whether it waits for an answer before the commit, and therefore hears nobody yet. */
export function isAsking({ asks }: Standing): boolean {
  return asks.length > 0;
}

/** A fact as the next one of this dialogue. */
export function happen({ path }: Standing, fact: Fact): RecordedFact {
  return { ...fact, version: path.length + 1, at: (path.length + 1) * 1000 };
}

/** The facts of a dialogue's path, to be read by people. */
export function tell({ snapshot, path }: Standing): string {
  const way = path.map((fact) => fact.type).join(" → ");
  return `${JSON.stringify(snapshot.value)} after ${way || "nothing"}`;
}

const freshOf = ({ machine }: Chart): Standing => ({
  ...{ snapshot: begin(machine), path: [], asks: [], jobs: [] },
});

/** What people of any rights may make of any input here. */
function heardIn(
  { hear }: Chart,
  { snapshot: { value, context }, path }: Standing,
  inputs: readonly Input[],
): Fact[] {
  const at = (path.length + 1) * 1000;
  return unique(
    inputs.flatMap((input) =>
      everyRights.map((who) => hear(value, { input, ...who, at, context }))
    ),
  );
}

function after({ machine, effects: known }: Chart, standing: Standing, happened: RecordedFact) {
  const { snapshot, effects } = step(machine, standing.snapshot, happened);
  const of = (kind: EffectKind) => effects.filter(({ type }) => known.get(type)?.kind === kind);
  const next: Standing = {
    snapshot,
    path: [...standing.path, happened],
    asks: [...standing.asks.slice(1), ...of("ask")],
    jobs: [...standing.jobs, ...of("job")],
  };
  return { next, effects };
}

/** As often as it is taken, while it leads to no calls. */
function overAndOver(chart: Chart, fresh: Standing, fact: Fact): Standing {
  let standing = fresh;
  for (let time = 0; time < MANY && standing.jobs.length === 0 && !isAsking(standing); time++) {
    const happened = happen(standing, fact);
    if (!permits(standing.snapshot, happened)) break;
    standing = after(chart, standing, happened).next;
  }
  return standing;
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
