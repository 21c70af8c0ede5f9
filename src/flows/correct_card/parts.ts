import { correctCardFlow } from "../../../machines/flows/correct_card.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { readModel } from "./read_model.ts";
import { words } from "./words.ts";

export const correctCard = defineParts(correctCardFlow, {
  words,
  asks,
  projections: [readModel],
});
