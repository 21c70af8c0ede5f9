/** Transitions on facts that may come at any time: from idle, and out of any wizard. */
import type { AnyStateNodeConfig, AnyTransitionConfig } from "xstate";
import { uniqueRecord } from "./unique_entries.ts";
import type { Flow, Interrupts } from "./flow.ts";
import { clearWizard, type Wizard } from "./wizard.ts";

/** Transitions by fact. */
export type TransitionsByFact = Record<string, Transition>;
type Transition = NonNullable<AnyStateNodeConfig["on"]>[string];

/** Transitions of idle: those that only idle has, and interrupts that do not end there. */
export function idleTransitions(flows: readonly Flow[]): TransitionsByFact {
  return uniqueRecord<Transition>(
    "transition from idle on",
    flows,
    ({ idle, interrupts = {} }) => ({
      ...idle?.on,
      ...leadingElsewhere({
        ...interrupts.announced?.on,
        ...interrupts.announced_if_lost?.on,
        ...interrupts.silent?.on,
      }),
    }),
  );
}

const leadingElsewhere = (on: TransitionsByFact): TransitionsByFact =>
  Object.fromEntries(
    Object.entries(on).filter(([, transition]) => transitionOf(transition).target !== "#flow.idle"),
  );

/** The interrupts of a wizard: its questions go, and perhaps it says what was left unfinished. */
export function interruptTransitions(
  { left, loses }: Wizard,
  flows: readonly Flow[],
): TransitionsByFact {
  const said = left === null ? [] : [{ type: "say", params: left }];
  const after =
    (kind: keyof Interrupts, announcement: readonly unknown[]) =>
    ({ interrupts = {} }: Flow): TransitionsByFact =>
      Object.fromEntries(
        Object.entries(interrupts[kind]?.on ?? {}).map(([fact, written]) => {
          const transition = transitionOf(written);
          const actions = [clearWizard, ...announcement, ...toList(transition.actions)];
          return [fact, { ...transition, actions }];
        }),
      );
  const [announced, announced_if_lost, silent] = [
    after("announced", said),
    after("announced_if_lost", loses ? said : []),
    after("silent", []),
  ];
  return uniqueRecord<Transition>("interrupt by", flows, (flow) => ({
    ...announced(flow),
    ...announced_if_lost(flow),
    ...silent(flow),
  }));
}

/** Puts what another flow adds before what is there, for each fact. */
export function prependTransitions(
  on: TransitionsByFact,
  added: TransitionsByFact = {},
): TransitionsByFact {
  const more = Object.entries(added).map(([fact, transition]) => [
    fact,
    [...toList(transition), ...toList(on[fact])],
  ]);
  return { ...on, ...Object.fromEntries(more) };
}

/** A transition as XState writes it: its target alone, or with all that belongs to it. */
function transitionOf(written: Transition): AnyTransitionConfig {
  const [transition] = [written].flat();
  return typeof transition === "string" ? { target: transition } : { ...transition };
}

/** What XState takes as one or as a list, as a list. */
export function toList(value: unknown): readonly unknown[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
}
