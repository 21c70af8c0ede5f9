import { cardHistoryFlow } from "../../../machines/flows/card_history.ts";
import { defineParts } from "../flow_parts.ts";
import { readOnlyTaps } from "./pager.ts";
import { readModel } from "./read_model.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const cardHistory = defineParts(cardHistoryFlow, {
  words,
  renderers,
  readOnlyTaps,
  projections: [readModel],
});
