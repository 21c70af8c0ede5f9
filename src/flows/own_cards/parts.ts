import { ownCardsFlow } from "../../../machines/flows/own_cards.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { readOnlyTaps } from "./pager.ts";
import { migrations, readModel } from "./read_model.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const ownCards = defineParts(ownCardsFlow, {
  words,
  asks,
  renderers,
  readOnlyTaps,
  projections: [readModel],
  migrations,
});
