/**
 * Folds many streams quickly. Charts are functions of state and fact: where a state is met again and
 * the fact is one that was seen there, and the chart looked at neither its time nor its place, then
 * what came of it is known. About a third of a log is like that: greetings, help, refusals.
 */
import type { AnyStateMachine } from "xstate";
import type { Fact } from "../../events/facts.ts";
import { readFact } from "../../events/read_fact.ts";
import type { Charts } from "../../machines/charts.ts";
import type { Happened } from "../../machines/dialogue_setup.ts";
import type { Effect } from "../../machines/effects.ts";
import { begin, hashState, restore, type Snapshot, step } from "../runtime/step.ts";
import { UnknownChart } from "../runtime/streams.ts";
import type { EventRow, Json } from "../store/event_row.ts";

/** As much of a row as folding needs; `data` and `effects` are JSON that nobody has read yet. */
export interface FoldedRow {
  pos: number;
  stream: string;
  version: number;
  type: string;
  schema_version: number;
  data: string;
  at: number;
  machine: string;
  effects: string;
  state_hash: string;
}

/** A row as it is folded quickly. */
export function toFolded(row: EventRow): FoldedRow {
  const { pos, stream, version, type, schema_version, at, machine, state_hash } = row;
  const [data, effects] = [JSON.stringify(row.data), JSON.stringify(row.effects)];
  return { pos, stream, version, type, schema_version, data, at, machine, effects, state_hash };
}

/** The fact in a row; throws `UnreadableFact`. */
export function readFolded(row: FoldedRow): Fact {
  const { type, schema_version, stream, version } = row;
  const data: Record<string, unknown> = Object(JSON.parse(row.data));
  return readFact({ type, schema_version, data }, `${stream} version ${version}`);
}

/** A state that is shared by all streams that stand in it; `hash` is as `hashState` has it. */
export class FoldedState {
  /** How often a fold came to it. */
  met = 1;
  /** What is known to come of facts in it, by their text. */
  readonly outcomes = new Map<string, Outcome>();
  constructor(
    readonly machine: AnyStateMachine,
    readonly snapshot: Snapshot,
    readonly hash: string,
  ) {}
}

/** What came of a fact. */
export interface Outcome {
  state: FoldedState;
  effects: readonly Effect[];
  type: Fact["type"];
}

export interface QuickFold {
  /** One row further, by the chart that wrote it; `before` is null at the beginning of a stream. */
  fold(before: FoldedState | null, row: FoldedRow): Outcome;
}

/** States, and outcomes, that are remembered at once. */
const STATES_MAX = 10_000;
const OUTCOMES_MAX = 20_000;
/** A state that was met so often will be met again. */
const POPULAR = 3;
/** Tries after which it shows whether remembering a kind of fact is worth its price. */
const TRIES = 200;

/** How remembering what comes of one kind of fact has served so far. */
interface Service {
  tries: number;
  hits: number;
  /** A chart has looked at the time or the place of such a fact. */
  looked: boolean;
}

export function openQuickFold(charts: Charts): QuickFold {
  const states = new Map<string, FoldedState>();
  const services = new Map<string, Service>();
  let outcomes = 0;

  function serviceOf(type: string): Service {
    const known = services.get(type);
    if (known) return known;
    const service = { tries: 0, hits: 0, looked: false };
    services.set(type, service);
    return service;
  }

  /** The one object for all equal states of a chart. */
  function intern(machine: AnyStateMachine, snapshot: Snapshot): FoldedState {
    // Another order of keys is another text of the same state: that only costs another entry.
    const text = JSON.stringify([machine.id, snapshot.value, snapshot.context, snapshot.status]);
    const found = states.get(text);
    if (found) {
      found.met++;
      return found;
    }
    if (states.size >= STATES_MAX || outcomes >= OUTCOMES_MAX) {
      for (const state of states.values()) state.outcomes.clear();
      states.clear();
      outcomes = 0;
    }
    const state = new FoldedState(machine, snapshot, hashState(snapshot));
    states.set(text, state);
    return state;
  }

  /** The outcome, and whether it is that of every such fact in this state. */
  function foldAnew(from: FoldedState, row: FoldedRow, service?: Service): [Outcome, boolean] {
    const { machine, snapshot } = from;
    const fact = readFolded(row);
    const { type } = fact;
    if (type === "ChartUpgraded") {
      const state = intern(machine, restore(machine, fact.state as Json));
      return [{ state, effects: [], type }, false];
    }
    const watched = service ? watch(fact, row, service) : null;
    const happened = watched ?? { ...fact, at: row.at, version: row.version };
    const { snapshot: next, effects } = step(machine, snapshot, happened);
    return [{ state: intern(machine, next), effects, type }, service?.looked === false];
  }

  return {
    fold(before, row) {
      const machine = charts.all[row.machine]?.machine;
      if (!machine) {
        const where = `${row.stream} version ${row.version}`;
        throw new UnknownChart(
          `Cannot fold ${where}: this program has no chart ${row.machine}`,
        );
      }
      // A stream begins with the chart of its first fact; a takeover brings its own state.
      const from = before?.machine === machine ? before : intern(machine, begin(machine));
      const service = serviceOf(row.type);
      if (from.met < POPULAR || !isWorth(service)) return foldAnew(from, row)[0];
      service.tries++;
      const key = `${row.type} ${row.schema_version} ${row.data}`;
      const known = from.outcomes.get(key);
      if (known) {
        service.hits++;
        known.state.met++;
        return known;
      }
      const [outcome, isAlways] = foldAnew(from, row, service);
      if (isAlways) {
        from.outcomes.set(key, outcome);
        outcomes++;
      }
      return outcome;
    },
  };
}

function isWorth({ looked, tries, hits }: Service): boolean {
  return !looked && (tries < TRIES || hits * 4 > tries);
}

/** The fact as it happens; `service` learns when somebody looks at when and where it did. */
function watch(fact: Fact, { at, version }: FoldedRow, service: Service): Happened {
  const look = <Value>(value: Value) => ({
    enumerable: true,
    get: () => {
      service.looked = true;
      return value;
    },
  });
  return Object.defineProperties({ ...fact, at, version }, {
    at: look(at),
    version: look(version),
  });
}
