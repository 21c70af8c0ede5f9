import type { AnyStateMachine, StateValue } from "xstate";
import type { Fact } from "../events/facts.ts";
import { dialogue, hear } from "./dialogue.ts";
import type { Hearing } from "./input.ts";

/** A chart and its ear. Its `id` is its version: facts are folded by the chart that wrote them. */
export interface Chart {
  readonly id: string;
  readonly machine: AnyStateMachine;
  readonly hear: (state: StateValue, hearing: Hearing) => Fact;
  /** How this chart takes over the persisted state of an older one, by the older one's id. */
  readonly takesOver: Readonly<Record<string, (state: unknown) => unknown>>;
}

/** Every chart that a log may hold, by id; `current` begins new dialogues. */
export interface Charts {
  readonly all: Readonly<Record<string, Chart>>;
  readonly current: Chart;
}

const current: Chart = { id: dialogue.id, machine: dialogue, hear, takesOver: {} };

export const charts: Charts = { all: { [current.id]: current }, current };
