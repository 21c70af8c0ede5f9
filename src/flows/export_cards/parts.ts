import { exportCardsFlow } from "../../../machines/flows/export_cards.ts";
import type { FlowParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";

export const exportCards: FlowParts = {
  flow: exportCardsFlow,
  renderers,
};
