/** What a maker may begin in the middle of something else: where it leads from any flow. */

import type { ParamsOf } from "./effects.ts";

/** What is done on leaving a flow: its questions go, and perhaps something is said. */
type Farewell =
  | { type: "clear"; params: ParamsOf<"clear"> }
  | { type: "say"; params: ParamsOf<"say"> };

/** Transitions to it, with what is to be done on leaving the flow. */
export function beginAnew(...actions: readonly Farewell[]) {
  const to = <Target extends string>(target: Target) => ({ target, actions: [...actions] });
  return {
    BatchBegun: { ...to("#flow.issuing.copies"), reenter: true },
    LabelsAsked: to("#flow.choosing"),
    HistoryAsked: to("#flow.choosing"),
    CorrectionAsked: to("#flow.choosing"),
    SearchBegun: { ...to("#flow.searching"), reenter: true },
  };
}
