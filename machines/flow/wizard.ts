/** States whose questions stand in the chat until they are left. */
import type { ParamsOf } from "./effect.ts";
import type { Memory } from "./input_context.ts";
import type { say } from "./kit_effects.ts";

/** The slot of a wizard's questions. */
export const WIZARD = "wizard";

/** Clears the wizard's questions away. */
export const clearWizard = { type: "clear", params: { slot: WIZARD } } as const;

/** A state whose questions stand in the chat, until it is left. */
export interface Wizard {
  /** Whether its questions are shown now: then a hint is put in their slot, and cleared with them. */
  isOpen(context: Memory, expected: string): boolean;
  /** The text that says what was left unfinished; null for none. */
  readonly left: ParamsOf<typeof say> | null;
  /** Whether leaving loses work: then that text is said after `announced_if_lost` as well. */
  readonly loses: boolean;
  /** Memory that is reset once another state is entered. */
  readonly forgets?: Memory;
}
