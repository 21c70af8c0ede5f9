/** What a flow is made of; see src/flows/README.md for how to add one. */
import type { AnyStateNodeConfig } from "xstate";
import type { AskMemory } from "./ask_memory.ts";
import type { ButtonDefinition } from "./button.ts";
import type { EffectDefinition } from "./effect.ts";
import type { RecordedFact } from "./recorded_fact.ts";
import type { GlobalInputs, InputHandler, Memory } from "./input_context.ts";
import type { Wizard } from "./wizard.ts";
import type { WordKeys } from "./words.ts";

/** Types of a flow's XState setup: what it remembers, and whose words its states use. */
export type FlowTypes<Known, Words extends WordKeys> = {
  context: Known & AskMemory;
  events: RecordedFact;
  meta: InputHandler<Known & AskMemory, Words["expects"][number], Words["refusals"][number]>;
};

/** Transitions by fact, written as a state config so that XState checks them. */
export interface Transitions {
  readonly on?: AnyStateNodeConfig["on"];
}

/** Facts that end any wizard whenever they come; idle takes those that have another target. */
export interface Interrupts {
  /** The wizard says what was left unfinished. */
  readonly announced?: Transitions;
  /** It says so only where work is lost. */
  readonly announced_if_lost?: Transitions;
  /** It says nothing. */
  readonly silent?: Transitions;
}

export interface Guards {
  readonly [name: string]: (args: never, params: never) => boolean;
}

/** For whom a command stands in Telegram's menu, and where: the lowest place first. */
export interface CommandEntry {
  readonly for: "everybody" | "makers";
  readonly place: number;
}

/** Everything about one thing that people do with the bot, but what `FlowParts` have of it. */
export interface Flow {
  /** As its file and its folder in src/flows are named. */
  readonly name: string;
  readonly words?: WordKeys;
  readonly buttons?: readonly ButtonDefinition[];
  readonly effects?: readonly EffectDefinition[];
  readonly guards?: Guards;
  /** Commands in Telegram's menu. */
  readonly commands?: Readonly<Record<string, CommandEntry>>;
  /** What the first chart's beginning holds of it. A newer flow's memory is absent until written. */
  readonly memory?: Memory;
  /** States of the region `flow`, by name; `#flow.idle` is where they end. */
  readonly states?: Readonly<Record<string, AnyStateNodeConfig>>;
  /** Which of them are wizards. */
  readonly wizards?: Readonly<Record<string, Wizard>>;
  /** What other flows' states do for this one: taken before their own transitions. */
  readonly joins?: Readonly<Record<string, Transitions>>;
  readonly interrupts?: Interrupts;
  /** What only idle hears. */
  readonly idle?: Transitions;
  /** Facts that are answered in any state without leaving it. */
  readonly beside?: Transitions;
  /** A region of its own, by name. */
  readonly region?: Readonly<Record<string, AnyStateNodeConfig>>;
  readonly everywhere?: GlobalInputs;
}

/** Defines a flow: returns it unchanged, with its own type, once it fits `Flow`. */
export const defineFlow = <const Defined extends Flow>(flow: Defined): Defined => flow;
