/** Where facts lead that may come at any time: from idle, and out of any wizard. */
import type { AnyStateNodeConfig, AnyTransitionConfig } from "xstate";
import { claimAll } from "./claim.ts";
import type { Flow, Leads } from "./flow.ts";
import { clearWizard, type Wizard } from "./wizard.ts";

/** Transitions by fact. */
export type On = Record<string, Transition>;
type Transition = NonNullable<AnyStateNodeConfig["on"]>[string];

/** What idle hears: what only idle does, and leads that do not end there. */
export function onIdle(flows: readonly Flow[]): On {
  return claimAll<Transition>("transition from idle on", flows, ({ idle, leads = {} }) => ({
    ...idle?.on,
    ...leadingElsewhere({ ...leads.told?.on, ...leads.if_lost?.on, ...leads.quiet?.on }),
  }));
}

const leadingElsewhere = (on: On): On =>
  Object.fromEntries(
    Object.entries(on).filter(([, lead]) => transitionOf(lead).target !== "#flow.idle"),
  );

/** The leads out of a wizard: its questions go, and perhaps it says what was left unfinished. */
export function onLeaving({ left, loses }: Wizard, flows: readonly Flow[]): On {
  const said = left === null ? [] : [{ type: "say", params: left }];
  const after = (kind: keyof Leads, farewell: readonly unknown[]) => ({ leads = {} }: Flow): On =>
    Object.fromEntries(
      Object.entries(leads[kind]?.on ?? {}).map(([fact, lead]) => {
        const transition = transitionOf(lead);
        const actions = [clearWizard, ...farewell, ...listOf(transition.actions)];
        return [fact, { ...transition, actions }];
      }),
    );
  const [told, if_lost, quiet] = [
    after("told", said),
    after("if_lost", loses ? said : []),
    after("quiet", []),
  ];
  return claimAll<Transition>("lead of", flows, (flow) => ({
    ...told(flow),
    ...if_lost(flow),
    ...quiet(flow),
  }));
}

/** Puts what another flow adds before what is there, for each fact. */
export function joinedBefore(on: On, added: On = {}): On {
  const more = Object.entries(added).map(([fact, transition]) => [
    fact,
    [...listOf(transition), ...listOf(on[fact])],
  ]);
  return { ...on, ...Object.fromEntries(more) };
}

/** A transition as XState writes it: its target alone, or with all that belongs to it. */
function transitionOf(lead: Transition): AnyTransitionConfig {
  const [transition] = [lead].flat();
  return typeof transition === "string" ? { target: transition } : { ...transition };
}

/** XState takes one or a list. */
export function listOf(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
