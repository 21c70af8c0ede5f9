/**
 * Folds many streams quickly. Charts are functions of state and fact: where a state is met again and
 * the fact is one that was seen there, and the chart looked at neither its time nor its place, then
 * what came of it is known. About a third of a log is like that: greetings, help, refusals.
 */
import type { Json } from "../../base/json.ts";
import type { Fact } from "../../../events/facts.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { RecordedFact } from "../../../machines/flow/recorded_fact.ts";
import { restore, step } from "../../runtime/step.ts";
import { UnknownChart } from "../../runtime/streams.ts";
import { jsonbText } from "../log/jsonb_text.ts";
import { type FoldedRow, readFolded } from "../log/folded_row.ts";
import type { FoldedState, FoldOutcome } from "./folded_state.ts";
import { openKnownStates } from "./known_states.ts";

export interface QuickFold {
  /** One row further, by the chart that wrote it; `before` is null at the beginning of a stream. */
  fold(before: FoldedState | null, row: FoldedRow): FoldOutcome;
}

/** Outcomes that are remembered at once. */
const OUTCOMES_MAX = 6_000;
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
  const states = openKnownStates();
  const services = new Map<string, Service>();
  let outcomes = 0;

  function serviceOf(type: string): Service {
    const known = services.get(type);
    if (known) return known;
    const service = { tries: 0, hits: 0, looked: false };
    services.set(type, service);
    return service;
  }

  /** The outcome, and whether it is that of every such fact in this state. */
  function foldAnew(from: FoldedState, row: FoldedRow, service?: Service): [FoldOutcome, boolean] {
    const { machine, snapshot } = from;
    const fact = readFolded(row);
    const { type } = fact;
    if (type === "ChartUpgraded") {
      const state = states.find(machine, restore(machine, fact.state as Json), row.state_hash);
      return [{ state, effects: [], text: "[]", type }, false];
    }
    const watched = service ? watch(fact, row, service) : null;
    const recorded = watched ?? { ...fact, at: row.at, version: row.version };
    const { snapshot: next, effects } = step(machine, snapshot, recorded);
    const state = states.find(machine, next, row.state_hash);
    return [{ state, effects, text: jsonbText(effects), type }, service?.looked === false];
  }

  /** The same, where such a fact was seen in this state before. */
  function foldAgain(
    from: FoldedState,
    known: Map<string, FoldOutcome>,
    row: FoldedRow,
    service: Service,
  ): FoldOutcome {
    service.tries++;
    const key = `${row.type} ${row.schema_version} ${row.data}`;
    const found = known.get(key);
    if (found) {
      service.hits++;
      return found;
    }
    const [outcome, isAlways] = foldAnew(from, row, service);
    if (isAlways) {
      known.set(key, outcome);
      if (++outcomes > OUTCOMES_MAX) [outcomes] = [0, states.forget()];
    }
    return outcome;
  }

  return {
    fold(before, row) {
      const machine = charts.all[row.machine]?.machine;
      if (!machine) {
        const where = `${row.stream} version ${row.version}`;
        throw new UnknownChart(`Cannot fold ${where}: this program has no chart ${row.machine}`);
      }
      // A stream begins with the chart of its first fact; a takeover brings its own state.
      const from = before?.machine === machine ? before : states.beginning(machine);
      const service = serviceOf(row.type);
      return from.outcomes && isWorth(service)
        ? foldAgain(from, from.outcomes, row, service)
        : foldAnew(from, row)[0];
    },
  };
}

function isWorth({ looked, tries, hits }: Service): boolean {
  return !looked && (tries < TRIES || hits * 4 > tries);
}

/** The fact as it happens; `service` learns when somebody looks at when and where it did. */
function watch(fact: Fact, { at, version }: FoldedRow, service: Service): RecordedFact {
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
