import { exportCardsFlow } from "../../../machines/flows/export_cards.ts";
import { defineParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const exportCards = defineParts(exportCardsFlow, {
  words,
  renderers,
});
