/**
 * XState's own step of a machine, without the actor that `transition()` makes for every call: that
 * actor is most of its price. Holds for the version of XState that deno.json pins; a test compares
 * the two over every state that the dialogue can reach.
 */
import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
} from "xstate";

/** What a machine names and does not perform. */
export interface NamedAction {
  type: string;
  params: unknown;
}

/** An actor per machine, never started: XState's scope of a step names one, and no step touches it. */
const inert = new WeakMap<AnyStateMachine, AnyActorScope>();

/** The snapshot after `event`, and the actions that the machine names for it, none performed. */
export function stepPurely(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
): { next: AnyMachineSnapshot; actions: NamedAction[] } {
  const actions: NamedAction[] = [];
  const scope = inert.get(machine) ?? inertScope(machine);
  inert.set(machine, scope);
  const actionExecutor: AnyActorScope["actionExecutor"] = ({ type, params }) =>
    void actions.push({ type, params });
  const next = machine.transition(snapshot, event, { ...scope, actionExecutor });
  return { next, actions };
}

function inertScope(machine: AnyStateMachine): AnyActorScope {
  const self = createActor(machine);
  return {
    self,
    id: self.id,
    sessionId: self.sessionId,
    system: self.system,
    logger() {},
    defer() {},
    stopChild() {},
    emit() {},
    actionExecutor() {},
  };
}
