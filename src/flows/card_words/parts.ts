import { cardWordsFlow } from "../../../machines/flows/card_words.ts";
import type { FlowParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const cardWords: FlowParts = {
  flow: cardWordsFlow,
  words,
};
