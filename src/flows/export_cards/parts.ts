import { exportCardsFlow } from "../../../machines/flows/export_cards.ts";
import type { FlowParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const exportCards: FlowParts = {
  flow: exportCardsFlow,
  words,
  renderers,
};
