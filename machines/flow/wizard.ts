/** States whose questions stand in the chat until they are left. */
import type { ParamsOf } from "./effect.ts";
import type { Memory } from "./input_context.ts";
import type { say } from "./kit_effects.ts";

/** The slot of their questions. */
export const WIZARD = "wizard";

/** The questions go. */
export const clearWizard = { type: "clear", params: { slot: WIZARD } } as const;

/** A state whose questions stand in the chat, until it is left. */
export interface Wizard {
  /** Whether they stand there now: then a hint stands among them, and goes with them. */
  isOpen(context: Memory, expected: string): boolean;
  /** What is said of what was left unfinished; null where nothing is. */
  readonly left: ParamsOf<typeof say> | null;
  /** Whether work is lost by leaving: then it is said whatever comes instead. */
  readonly loses: boolean;
  /** What of its memory goes once another state is entered. */
  readonly forgets?: Memory;
}
