/** States of dialogues as a quick fold remembers them. */
import type { AnyStateMachine } from "xstate";
import type { Fact } from "../../../events/facts.ts";
import type { Effect } from "../../../machines/flow/effect.ts";
import type { Snapshot } from "../../runtime/step.ts";

/** A state of a dialogue, one object for all streams that stand in it where it was met often. */
export interface FoldedState {
  readonly machine: AnyStateMachine;
  readonly snapshot: Snapshot;
  /** As `hashState` has it. */
  readonly hash: string;
  /** What is known to come of facts in it, by their text; null where it was hardly met before. */
  outcomes: Map<string, FoldOutcome> | null;
}

/** What came of a fact; `text` is its effects as the log keeps them. */
export interface FoldOutcome {
  state: FoldedState;
  effects: readonly Effect[];
  text: string;
  type: Fact["type"];
}
