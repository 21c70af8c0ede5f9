/** From flows to one chart: a region for what is asked step by step, and what goes on beside it. */
import { type AnyStateMachine, type AnyStateNodeConfig, assign, createMachine } from "xstate";
import { facts } from "../../events/facts.ts";
import { askedNothing, type Asking, kitGuards } from "./asking.ts";
import type { Chart } from "./chart.ts";
import { claim, claimAll } from "./claim.ts";
import { actionsOf, type EffectDefinition } from "./effect.ts";
import type { Flow } from "./flow.ts";
import type { RecordedFact } from "./recorded_fact.ts";
import { hearEverywhere, openInputHandlers } from "./input_handlers.ts";
import type { Memory } from "./input_context.ts";
import { kitEffects } from "./kit_effects.ts";
import { joinedBefore, listOf, onIdle, onLeaving } from "./leads.ts";

/**
 * The chart of these flows. Throws by name where two of them claim the same, or where one names a
 * fact that nobody defines.
 */
export function foldFlows(
  id: string,
  flows: readonly Flow[],
  takesOver: Chart["takesOver"] = {},
): Chart {
  const named = (definitions: readonly EffectDefinition[]) =>
    definitions.map((it) => [it.type, it] as const);
  const effects = claim(
    "effect",
    flows,
    ({ effects = [] }) => named(effects),
    named(kitEffects),
  );
  claim("button", flows, ({ buttons = [] }) => buttons.map((it) => [it.name, it]));
  claim("entry in the menu for", flows, ({ commands = {} }) => Object.entries(commands));
  const machine = machineOf(id, flows, [...effects.values()]);
  return { id, machine, effects, hear: openInputHandlers(machine), takesOver };
}

function machineOf(
  id: string,
  flows: readonly Flow[],
  effects: readonly EffectDefinition[],
): AnyStateMachine {
  const guards = claim(
    "guard",
    flows,
    ({ guards = {} }) => Object.entries(guards),
    Object.entries(kitGuards),
  );
  const wizards = flows.flatMap(({ wizards = {} }) => Object.values(wizards));
  const machine: AnyStateMachine = createMachine({
    id,
    context: { ...askedNothing, ...claimAll("memory", flows, ({ memory }) => memory) },
    type: "parallel",
    states: {
      flow: { id: "flow", initial: "idle", states: flowStates(flows) },
      ...claimAll("region", flows, ({ region }) => region),
      // A region of its own: on the root, an answer would be lost where a flow hears the same fact.
      answering: {
        meta: hearEverywhere(flows),
        on: claimAll("answer to", flows, ({ beside }) => beside?.on),
      },
    },
  });
  const unknown = machine.events.find((type) => !facts.has(type));
  if (unknown !== undefined) throw new Error(`Cannot fold ${id}: there is no fact ${unknown}`);
  return machine.provide({
    actions: actionsOf(...effects),
    guards: {
      ...Object.fromEntries(guards),
      isAmidQuestions: ({ context, event }: { context: Memory & Asking; event: RecordedFact }) =>
        event.type === "InputRefused" &&
        wizards.some((wizard) => wizard.isOpen(context, event.expected)),
    },
  });
}

/** idle, and the states of all flows, each with what the other flows add to it. */
function flowStates(flows: readonly Flow[]): Record<string, AnyStateNodeConfig> {
  const own = claim("state", flows, ({ states = {} }) => Object.entries(states));
  const wizards = new Map(flows.flatMap(({ wizards = {} }) => Object.entries(wizards)));
  const idle: AnyStateNodeConfig = { on: onIdle(flows) };
  return Object.fromEntries([["idle", idle] as const, ...own].map(([name, state]) => {
    const wizard = wizards.get(name);
    const forgets = [...wizards].flatMap(([of, { forgets }]) =>
      of !== name && forgets ? [assign(forgets)] : []
    );
    const on = { ...wizard && onLeaving(wizard, flows), ...state.on };
    return [name, {
      ...state,
      entry: [...forgets, ...listOf(state.entry)],
      on: flows.map(({ joins }) => joins?.[name]?.on).reduceRight(joinedBefore, on),
    }];
  }));
}
