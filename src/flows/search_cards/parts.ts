import { searchCardsFlow } from "../../../machines/flows/search_cards.ts";
import type { FlowParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const searchCards: FlowParts = {
  flow: searchCardsFlow,
  words,
  renderers,
};
