/** Transitions of a chart by name, and which of them a fact takes. */
import {
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  getMicrosteps,
} from "xstate";
import type { RecordedFact } from "../../../machines/flow/recorded_fact.ts";
import type { Snapshot } from "../../runtime/step.ts";

/** Names by transition: its state, what it is on, and which of several. */
export type TransitionNames = ReadonlyMap<AnyTransitionDefinition, string>;

/** Every transition of the chart: "dialogue/1.flow.idle on IssueBegun #0". */
export function nameTransitions(machine: AnyStateMachine): TransitionNames {
  const names = new Map<AnyTransitionDefinition, string>();
  for (const node of statesOf(machine)) {
    for (const [on, transitions] of transitionsOf(node)) {
      transitions.forEach((transition, index) =>
        names.set(transition, `${node.id} on ${on} #${index}`)
      );
    }
  }
  return names;
}

/** What a state hears, in order, and what it leaves for by itself: on "always". */
export function transitionsOf(
  node: AnyStateNode,
): (readonly [on: string, transitions: readonly AnyTransitionDefinition[]])[] {
  return [...node.transitions, ["always", node.always ?? []] as const];
}

/** Every state of the chart, the outermost first. */
export function statesOf(machine: AnyStateMachine): AnyStateNode[] {
  const walk = (node: AnyStateNode): AnyStateNode[] => [
    node,
    ...Object.values<AnyStateNode>(node.states).flatMap(walk),
  ];
  return walk(machine.root);
}

/** What this fact takes: its own transitions, and those that follow by themselves. */
export function transitionsTaken(
  machine: AnyStateMachine,
  names: TransitionNames,
  before: Snapshot,
  recorded: RecordedFact,
): string[] {
  const own: AnyTransitionDefinition[] = machine.getTransitionData(before, recorded) ?? [];
  const stops = getMicrosteps(machine, before, recorded).map(([snapshot]): Snapshot => snapshot);
  const following = stops.slice(1).flatMap((snapshot, index) =>
    (stops[index]?._nodes ?? [])
      .flatMap((node) => node.always ?? [])
      .filter(({ target }) => target?.some((state) => snapshot._nodes.includes(state)))
  );
  return [...own, ...following].flatMap((transition) => names.get(transition) ?? []);
}
