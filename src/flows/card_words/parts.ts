import { cardWordsFlow } from "../../../machines/flows/card_words.ts";
import { defineParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const cardWords = defineParts(cardWordsFlow, {
  words,
});
