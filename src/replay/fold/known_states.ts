/**
 * States that are met again. Most states of a log are met once and must leave nothing behind: what
 * lives a little longer than its page is what a collector of garbage has most trouble with.
 */
import type { AnyStateMachine } from "xstate";
import { begin, hashState, type Snapshot } from "../../runtime/step.ts";
import { sameJson } from "../../base/diff_json.ts";
import type { FoldedState } from "./folded_state.ts";

export interface KnownStates {
  /** The state with this snapshot, which probably has this hash: then it need not be computed. */
  find(machine: AnyStateMachine, snapshot: Snapshot, likely_hash: string): FoldedState;
  /** The initial snapshot of `machine`. */
  beginning(machine: AnyStateMachine): FoldedState;
  /** Forgets all but the beginnings, with what is known of them; says how many are left: none. */
  forget(): 0;
}

/** States remembered at once. */
const STATES_MAX = 3_000;
/** Hashes remembered at once, to tell what was met before; a power of two. */
const MET_MAX = 2 ** 14;

export function openKnownStates(): KnownStates {
  const states = new Map<string, FoldedState>();
  const beginnings = new Map<AnyStateMachine, FoldedState>();
  const met = new Int32Array(MET_MAX);

  /** Whether it was met before, as far as anybody remembers. */
  function isMetAgain(hash: string): boolean {
    const mark = parseInt(hash.slice(0, 8), 16) | 0;
    const place = mark & (MET_MAX - 1);
    const again = met[place] === mark;
    met[place] = mark;
    return again;
  }

  function forget(): 0 {
    for (const state of [...states.values(), ...beginnings.values()]) state.outcomes?.clear();
    states.clear();
    return 0;
  }

  return {
    forget,
    find(machine, snapshot, likely_hash) {
      const known = states.get(likely_hash);
      if (known?.machine === machine && sameState(known.snapshot, snapshot)) return known;
      const hash = hashState(snapshot);
      const isAgain = isMetAgain(hash);
      const state: FoldedState = { machine, snapshot, hash, outcomes: isAgain ? new Map() : null };
      if (!isAgain) return state;
      if (states.size >= STATES_MAX) forget();
      states.set(state.hash, state);
      return state;
    },
    beginning(machine) {
      const known = beginnings.get(machine);
      if (known) return known;
      const snapshot = begin(machine);
      const state = { machine, snapshot, hash: hashState(snapshot), outcomes: new Map() };
      beginnings.set(machine, state);
      return state;
    },
  };
}

/** Whether two snapshots have one hash. */
export function sameState(a: Snapshot, b: Snapshot): boolean {
  return a === b ||
    a.status === b.status && sameJson(a.value, b.value) && sameJson(a.context, b.context);
}
