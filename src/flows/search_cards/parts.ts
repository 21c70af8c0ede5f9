import { searchCardsFlow } from "../../../machines/flows/search_cards.ts";
import { defineParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const searchCards = defineParts(searchCardsFlow, {
  words,
  renderers,
});
