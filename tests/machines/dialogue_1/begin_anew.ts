// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** What a person may do in the middle of a flow that asks questions: where it leads, from any flow. */
import type { ParamsOf } from "./effects.ts";

/** What is done on leaving a flow: its questions go, and perhaps something is said. */
type Farewell =
  | { type: "clear"; params: ParamsOf<"clear"> }
  | { type: "say"; params: ParamsOf<"say"> };

/** The flow's questions go. */
export const clearWizard = { type: "clear", params: { slot: "wizard" } } as const;

/** Transitions to what a maker may begin instead, with what is to be done on leaving the flow. */
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

/** Transitions out of a flow that says `text` about what was left unfinished, if there is a need. */
export function leaveFlow(text: string | null) {
  const goodbye: Farewell[] = [clearWizard];
  if (text !== null) goodbye.push({ type: "say", params: { text } });
  const leave = { target: "#flow.idle" as const, actions: goodbye };
  return {
    Started: leave,
    HelpAsked: leave,
    AdminOpened: leave,
    MenuOpened: leave,
    SharedCardOpened: leave,
    CodePresented: { ...leave, guard: "isByLink" as const },
    IssueBegun: { target: "#flow.issuing" as const, actions: goodbye },
    OwnCardChosen: { target: "#flow.choosing" as const, actions: clearWizard },
    RestorationAsked: { target: "#flow.restoring" as const, actions: clearWizard },
    ...beginAnew(clearWizard),
    AdminRefused: { target: "#flow.idle" as const, actions: clearWizard },
    DismissalLearned: { target: "#flow.idle" as const, actions: clearWizard },
    Cancelled: {
      target: "#flow.idle" as const,
      actions: [clearWizard, { type: "say" as const, params: { text: "cancelled" } }],
    },
  };
}
