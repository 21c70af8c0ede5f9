/** From flows to one chart: a region for what is asked step by step, and what goes on beside it. */
import { facts } from "../../events/facts.ts";
import { type AnyStateMachine, type AnyStateNodeConfig, assign, createMachine } from "xstate";
import { askedNothing, type Asking, kitGuards } from "./asking.ts";
import type { Chart } from "./chart.ts";
import type { Flow, Leads, Transitions } from "./define_flow.ts";
import { actionsOf, type EffectDefinition } from "./effect.ts";
import type { Happened } from "./happened.ts";
import { hearEverywhere, openEars } from "./hear.ts";
import type { Memory } from "./hearing.ts";
import { kitEffects } from "./kit_effects.ts";
import { clearWizard, type Wizard } from "./wizard.ts";

/** Transitions by fact. */
type On = Record<string, Transition>;
type Transition = NonNullable<AnyStateNodeConfig["on"]>[string];

/** The chart of these flows; throws where two of them claim one name. */
export function foldFlows(
  id: string,
  flows: readonly Flow[],
  takesOver: Chart["takesOver"] = {},
): Chart {
  const effects = uniquely(
    "effect",
    [...kitEffects, ...flows.flatMap(({ effects = [] }) => effects)].map((it) => [it.type, it]),
  );
  uniquely("button", flows.flatMap(({ buttons = [] }) => buttons.map((it) => [it.name, it])));
  const machine = machineOf(id, flows, [...effects.values()]);
  return { id, machine, effects, hear: openEars(machine), takesOver };
}

function machineOf(
  id: string,
  flows: readonly Flow[],
  effects: readonly EffectDefinition[],
): AnyStateMachine {
  const guards = uniquely("guard", [
    ...Object.entries(kitGuards),
    ...flows.flatMap(({ guards = {} }) => Object.entries(guards)),
  ]);
  const wizards = flows.flatMap(({ wizards = {} }) => Object.values(wizards));
  const machine: AnyStateMachine = createMachine({
    id,
    context: {
      ...askedNothing,
      ...joinedOf("memory", flows.map(({ memory = {} }) => memory)),
    },
    type: "parallel",
    states: {
      flow: { id: "flow", initial: "idle", states: flowStates(flows) },
      ...joinedOf("region", flows.map(({ region = {} }) => region)),
      // A region of its own: on the root, an answer would be lost where a flow hears the same fact.
      answering: {
        meta: hearEverywhere(flows.map(({ name, everywhere }) => ({ flow: name, ...everywhere }))),
        on: joinedOf("answer to", flows.map(({ beside }) => beside?.on ?? {})),
      },
    },
  });
  const unknown = machine.events.find((type) => !facts.has(type));
  if (unknown !== undefined) throw new Error(`Cannot fold ${id}: there is no fact ${unknown}`);
  return machine.provide({
    actions: actionsOf(...effects),
    guards: {
      ...Object.fromEntries(guards),
      isAmidQuestions: ({ context, event }: { context: Memory & Asking; event: Happened }) =>
        event.type === "InputRefused" &&
        wizards.some((wizard) => wizard.isOpen(context, event.expected)),
    },
  });
}

/** idle, and the states of all flows, each with what the other flows add to it. */
function flowStates(flows: readonly Flow[]): Record<string, AnyStateNodeConfig> {
  const own = uniquely("state", flows.flatMap(({ states = {} }) => Object.entries(states)));
  const wizards = new Map(flows.flatMap(({ wizards = {} }) => Object.entries(wizards)));
  const leads = flows.map(({ leads = {} }) => leads);
  const idle: AnyStateNodeConfig = {
    on: { ...onOf(...flows.map(({ idle }) => idle)), ...leadsElsewhere(leads) },
  };
  return Object.fromEntries([["idle", idle] as const, ...own].map(([name, state]) => {
    const wizard = wizards.get(name);
    const forgets = [...wizards].flatMap(([of, { forgets }]) =>
      of !== name && forgets ? [assign(forgets)] : []
    );
    const joined = flows.flatMap(({ joins }) => joins?.[name] ?? []);
    const on = { ...wizard && leadsOutOf(wizard, leads), ...state.on };
    return [name, {
      ...state,
      entry: [...forgets, ...listOf(state.entry)],
      on: joined.reduceRight(before, on),
    }];
  }));
}

/** Where leads go from idle: those that end there lead nowhere. */
function leadsElsewhere(leads: readonly Leads[]): On {
  const all = leads.flatMap(({ told, if_lost, quiet }) => [told, if_lost, quiet]);
  return Object.fromEntries(
    Object.entries(onOf(...all)).filter(([, lead]) => transitionOf(lead).target !== "#flow.idle"),
  );
}

/** The same out of a wizard: its questions go, and perhaps it says what was left unfinished. */
function leadsOutOf({ left, loses }: Wizard, leads: readonly Leads[]): On {
  const said = left === null ? [] : [{ type: "say", params: left }];
  const leading = (transitions: (Transitions | undefined)[], farewell: readonly unknown[]) =>
    Object.entries(onOf(...transitions)).map(([fact, lead]) => {
      const transition = transitionOf(lead);
      const actions = [clearWizard, ...farewell, ...listOf(transition.actions)];
      return [fact, { ...transition, actions }];
    });
  return Object.fromEntries([
    ...leading(leads.map(({ told }) => told), said),
    ...leading(leads.map(({ if_lost }) => if_lost), loses ? said : []),
    ...leading(leads.map(({ quiet }) => quiet), []),
  ]);
}

/** Puts what is added before what is there, for each fact. */
function before(on: On, added: Transitions): On {
  const more = Object.entries(added.on ?? {}).map(([fact, transition]) => [
    fact,
    [...listOf(transition), ...listOf(on[fact])],
  ]);
  return { ...on, ...Object.fromEntries(more) };
}

const onOf = (...transitions: readonly (Transitions | undefined)[]): On =>
  joinedOf<Transition>("transition on", transitions.map((it) => it?.on ?? {}));

/** A transition as XState writes it: its target alone, or with all that belongs to it. */
function transitionOf(lead: unknown): { target?: unknown; actions?: unknown } {
  return typeof lead === "object" && lead !== null ? lead : { target: lead };
}

function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}

/** All of them as one; throws where two have the same key. */
function joinedOf<Value>(
  what: string,
  parts: readonly Readonly<Record<string, Value>>[],
): Record<string, Value> {
  return Object.fromEntries(uniquely(what, parts.flatMap((part) => Object.entries(part))));
}

function uniquely<Value>(
  what: string,
  entries: readonly (readonly [name: string, value: Value])[],
): Map<string, Value> {
  const found = new Map<string, Value>();
  for (const [name, value] of entries) {
    if (found.has(name)) throw new Error(`Cannot fold flows: two have the ${what} ${name}`);
    found.set(name, value);
  }
  return found;
}
