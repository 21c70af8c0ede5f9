import { correctCardFlow } from "../../../machines/flows/correct_card.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { readModel } from "./read_model.ts";
import { words } from "./words.ts";

export const correctCard: FlowParts = {
  flow: correctCardFlow,
  words,
  asks,
  projections: [readModel],
};
