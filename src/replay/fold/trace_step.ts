/** A step that tells which guards were asked, and what they answered. */
import type { AnyStateMachine } from "xstate";
import type { RecordedFact } from "../../../machines/flow/recorded_fact.ts";
import type { Effect } from "../../../machines/flow/effect.ts";
import { persist, restore, type Snapshot, step } from "../../runtime/step.ts";

/** A guard that was asked on the way, "lacks(name)"; a `when` in the chart is asked in the order of its lines. */
export interface AskedGuard {
  guard: string;
  answer: boolean;
}

export interface TracedStep {
  snapshot: Snapshot;
  effects: readonly Effect[];
  guards: readonly AskedGuard[];
}

/** Steps charts and tells of their guards. */
export interface Tracer {
  step(machine: AnyStateMachine, before: Snapshot, recorded: RecordedFact): TracedStep;
}

interface Listening {
  machine: AnyStateMachine;
  asked: AskedGuard[];
}

/** Keeps a twin of each chart, whose guards write down what they are asked. */
export function openTracer(): Tracer {
  const twins = new WeakMap<AnyStateMachine, Listening>();
  return {
    step(machine, before, recorded) {
      const twin = twins.get(machine) ?? listenTo(machine);
      twins.set(machine, twin);
      twin.asked.length = 0;
      // XState steps the machine that a snapshot was restored by, not the one it is handed to.
      const { effects } = step(twin.machine, restore(twin.machine, persist(before)), recorded);
      const { snapshot } = step(machine, before, recorded);
      return { snapshot, effects, guards: [...twin.asked] };
    },
  };
}

function listenTo(machine: AnyStateMachine): Listening {
  const asked: AskedGuard[] = [];
  const guards = Object.entries(machine.implementations.guards).map(([guard, ask]) => [
    guard,
    typeof ask !== "function" ? ask : (...args: Parameters<typeof ask>) => {
      const answer = ask(...args);
      asked.push({ guard: guard + paramsIn(args[1]), answer });
      return answer;
    },
  ]);
  return { machine: machine.provide({ guards: Object.fromEntries(guards) }), asked };
}

/** "(original)" of { photo: "original" }; nothing where there are none. */
function paramsIn(params: unknown): string {
  const values = Object.values(Object(params));
  return values.length === 0 ? "" : `(${values.join(", ")})`;
}
