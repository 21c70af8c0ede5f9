import { withdrawCardFlow } from "../../../machines/flows/withdraw_card.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { words } from "./words.ts";

export const withdrawCard = defineParts(withdrawCardFlow, {
  words,
  asks,
});
