import { ownCardsFlow } from "../../../machines/flows/own_cards.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { readOnlyTaps } from "./pager.ts";
import { migrations, readModel } from "./read_model.ts";
import { renderers } from "./render.ts";

export const ownCards: FlowParts = {
  flow: ownCardsFlow,
  asks,
  renderers,
  readOnlyTaps,
  projections: [readModel],
  migrations,
};
