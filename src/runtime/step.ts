/** Stepping a dialogue chart: the one place that touches XState's snapshots. */
import type { Json } from "../base/json.ts";
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  initialTransition,
  type StateValue,
} from "xstate";
import type { Effect } from "../../machines/flow/effect.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { hashJson } from "../store/event_row.ts";
import { stepPurely } from "./step_purely.ts";

/** Where a dialogue stands, as XState holds it. */
export type Snapshot = AnyMachineSnapshot;

/** Thrown when a chart does what a dialogue chart must not: a defect of ours. */
export class ImpureChart extends Error {
  override name = "ImpureChart";
}

/** Snapshots never change, so that of a beginning serves every stream. */
const beginnings = new WeakMap<AnyStateMachine, Snapshot>();

/** The initial snapshot of `machine`. */
export function begin(machine: AnyStateMachine): Snapshot {
  const known = beginnings.get(machine);
  if (known) return known;
  const [snapshot] = initialTransition(machine);
  beginnings.set(machine, snapshot);
  return snapshot;
}

/** Whether `machine` takes this fact in this state; a refused fact must not be appended. */
export function permits(snapshot: Snapshot, recorded: RecordedFact): boolean {
  return snapshot.status === "active" && snapshot.can(recorded);
}

/** The state after the fact, and the effects it gives rise to, in order. Performs none. */
export function step(
  machine: AnyStateMachine,
  snapshot: Snapshot,
  recorded: RecordedFact,
): { snapshot: Snapshot; effects: Effect[] } {
  const { next, actions } = stepPurely(machine, snapshot, recorded);
  if (next.status === "error") throw next.error;
  const effects = actions
    // An undelayed raise was taken within the same step.
    .filter(({ type, params }) => type !== "xstate.raise" || isDelayed(params))
    .map(({ type, params }) => readEffect(machine, type, params));
  effects.filter((effect) => "callId" in effect.params).forEach((effect, index) => {
    const callId = `${recorded.version}:${index}`;
    const named = "callId" in effect.params ? effect.params.callId : "";
    if (named === callId) return;
    throw new ImpureChart(`Cannot call ${effect.type}: its callId is ${named}, not ${callId}`);
  });
  return { snapshot: next, effects };
}

function readEffect(machine: AnyStateMachine, type: string, params: unknown): Effect {
  if (Object.hasOwn(machine.implementations.actions, type) && isRecord(params)) {
    return { type, params };
  }
  throw new ImpureChart(`Cannot perform ${type}: no flow of ${machine.id} defines such an effect`);
}

function isRecord(params: unknown): params is Effect["params"] {
  return typeof params === "object" && params !== null;
}

function isDelayed(params: unknown): boolean {
  return typeof params === "object" && params !== null && "delay" in params &&
    params.delay !== undefined;
}

/** The snapshot as JSON, to be restored by the same chart. */
export function persist(snapshot: Snapshot): Json {
  return JSON.parse(JSON.stringify({ value: snapshot.value, context: snapshot.context }));
}

/**
 * The snapshot that was persisted; throws where the chart has no such state any more.
 * Dialogue charts have no history states and no children, so value and context are all of it.
 */
export function restore(machine: AnyStateMachine, state: Json): Snapshot {
  const { value, context } = state as { readonly [key: string]: Json };
  return machine.resolveState({ value: value as StateValue, context });
}

/** sha256 of the state: equal states have equal hashes. */
export function hashState(snapshot: Snapshot): string {
  return hashJson({
    value: snapshot.value,
    context: snapshot.context,
    status: snapshot.status,
  });
}
