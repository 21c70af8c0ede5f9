import { ownCardsFlow } from "../../../machines/flows/own_cards.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { migrations, readModel } from "./read_model.ts";
import { words } from "./words.ts";

export const ownCards: FlowParts = {
  flow: ownCardsFlow,
  words,
  asks,
  projections: [readModel],
  migrations,
};
