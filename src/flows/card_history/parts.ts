import { cardHistoryFlow } from "../../../machines/flows/card_history.ts";
import type { FlowParts } from "../flow_parts.ts";
import { readModel } from "./read_model.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const cardHistory: FlowParts = {
  flow: cardHistoryFlow,
  words,
  renderers,
  projections: [readModel],
};
