import { issueCardFlow } from "../../../machines/flows/issue_card.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { readModel } from "./read_model.ts";
import { renderers } from "./render.ts";

export const issueCard: FlowParts = {
  flow: issueCardFlow,
  asks,
  renderers,
  projections: [readModel],
};
