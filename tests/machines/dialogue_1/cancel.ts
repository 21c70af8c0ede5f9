// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** The way out, everywhere; a flow that has something to leave says so itself. */
import type { Heard, Hearing } from "./input.ts";

/** For the state in which there is nothing to cancel. */
export const cancelInIdle = {
  Cancelled: { actions: { type: "say", params: { text: "nothing_to_cancel" } } },
} as const;

export function hearCancel({ input }: Hearing): Heard {
  const wanted = input.kind === "command"
    ? input.name === "cancel"
    : input.kind === "tap" && input.action?.do === "cancel";
  return wanted ? { type: "Cancelled" } : undefined;
}
