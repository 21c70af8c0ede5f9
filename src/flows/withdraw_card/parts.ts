import { withdrawCardFlow } from "../../../machines/flows/withdraw_card.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { words } from "./words.ts";

export const withdrawCard: FlowParts = {
  flow: withdrawCardFlow,
  words,
  asks,
};
