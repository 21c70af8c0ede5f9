/** From flows to one chart: a region for what is asked step by step, and what goes on beside it. */
import { type AnyStateMachine, type AnyStateNodeConfig, assign, createMachine } from "xstate";
import { facts } from "../../events/facts.ts";
import { type AskMemory, kitGuards, noAskPending } from "./ask_memory.ts";
import type { Chart } from "./chart.ts";
import { uniqueEntries, uniqueRecord } from "./unique_entries.ts";
import { actionsOf, type EffectDefinition } from "./effect.ts";
import type { Flow } from "./flow.ts";
import type { RecordedFact } from "./recorded_fact.ts";
import { hearGlobally, openInputHandlers } from "./input_handlers.ts";
import type { Memory } from "./input_context.ts";
import { kitEffects } from "./kit_effects.ts";
import { idleTransitions, interruptTransitions, prependTransitions, toList } from "./interrupts.ts";

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
  const effects = uniqueEntries(
    "effect",
    flows,
    ({ effects = [] }) => named(effects),
    named(kitEffects),
  );
  uniqueEntries("button", flows, ({ buttons = [] }) => buttons.map((it) => [it.name, it]));
  uniqueEntries("entry in the menu for", flows, ({ commands = {} }) => Object.entries(commands));
  const machine = machineOf(id, flows, [...effects.values()]);
  return { id, machine, effects, hear: openInputHandlers(machine), takesOver };
}

function machineOf(
  id: string,
  flows: readonly Flow[],
  effects: readonly EffectDefinition[],
): AnyStateMachine {
  const guards = uniqueEntries(
    "guard",
    flows,
    ({ guards = {} }) => Object.entries(guards),
    Object.entries(kitGuards),
  );
  const wizards = flows.flatMap(({ wizards = {} }) => Object.values(wizards));
  const machine: AnyStateMachine = createMachine({
    id,
    context: { ...noAskPending, ...uniqueRecord("memory", flows, ({ memory }) => memory) },
    type: "parallel",
    states: {
      flow: { id: "flow", initial: "idle", states: flowStates(flows) },
      ...uniqueRecord("region", flows, ({ region }) => region),
      // A region of its own: on the root, an answer would be lost where a flow hears the same fact.
      answering: {
        meta: hearGlobally(flows),
        on: uniqueRecord("answer to", flows, ({ beside }) => beside?.on),
      },
    },
  });
  const unknown = machine.events.find((type) => !facts.has(type));
  if (unknown !== undefined) throw new Error(`Cannot fold ${id}: there is no fact ${unknown}`);
  return machine.provide({
    actions: actionsOf(...effects),
    guards: {
      ...Object.fromEntries(guards),
      isAmidQuestions: ({ context, event }: { context: Memory & AskMemory; event: RecordedFact }) =>
        event.type === "InputRefused" &&
        wizards.some((wizard) => wizard.isOpen(context, event.expected)),
    },
  });
}

/** idle, and the states of all flows, each with what the other flows add to it. */
function flowStates(flows: readonly Flow[]): Record<string, AnyStateNodeConfig> {
  const own = uniqueEntries("state", flows, ({ states = {} }) => Object.entries(states));
  const wizards = new Map(flows.flatMap(({ wizards = {} }) => Object.entries(wizards)));
  const idle: AnyStateNodeConfig = { on: idleTransitions(flows) };
  return Object.fromEntries([["idle", idle] as const, ...own].map(([name, state]) => {
    const wizard = wizards.get(name);
    const forgets = [...wizards].flatMap(([of, { forgets }]) =>
      of !== name && forgets ? [assign(forgets)] : []
    );
    const on = { ...wizard && interruptTransitions(wizard, flows), ...state.on };
    return [name, {
      ...state,
      entry: [...forgets, ...toList(state.entry)],
      on: flows.map(({ joins }) => joins?.[name]?.on).reduceRight(prependTransitions, on),
    }];
  }));
}
