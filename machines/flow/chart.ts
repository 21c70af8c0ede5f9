import type { AnyStateMachine, StateValue } from "xstate";
import type { Fact } from "../../events/facts.ts";
import type { EffectDefinition } from "./effect.ts";
import type { InputContext } from "./input_context.ts";

/** A machine with its effects and input handlers. Its `id` is its version, and facts name it. */
export interface Chart {
  readonly id: string;
  readonly machine: AnyStateMachine;
  /** The effects that it may name, by name. */
  readonly effects: ReadonlyMap<string, EffectDefinition>;
  readonly hear: (state: StateValue, inputContext: InputContext) => Fact;
  /** How this chart takes over the persisted state of an older one, by the older one's id. */
  readonly takesOver: Readonly<Record<string, (state: unknown) => unknown>>;
}

/** Every chart that a log may hold, by id; `current` begins new dialogues. */
export interface Charts {
  readonly all: Readonly<Record<string, Chart>>;
  readonly current: Chart;
}
