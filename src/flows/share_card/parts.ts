import { shareCardFlow } from "../../../machines/flows/share_card.ts";
import type { FlowParts } from "../flow_parts.ts";
import { migrations, readModel } from "./read_model.ts";
import { words } from "./words.ts";

export const shareCard: FlowParts = {
  flow: shareCardFlow,
  words,
  projections: [readModel],
  migrations,
};
