// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** A maker asks how it goes: answered at once, beside every flow. */
import type { Heard, Hearing } from "./input.ts";

export const statsOn = {
  StatsAsked: { actions: { type: "showStats", params: {} } },
} as const;

export function hearStats({ input, admin }: Hearing): Heard {
  if (input.kind !== "tap" || input.action?.do !== "stats") return undefined;
  return admin ? { type: "StatsAsked" } : { type: "AdminRefused" };
}
