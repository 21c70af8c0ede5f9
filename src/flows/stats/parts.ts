import { statsFlow } from "../../../machines/flows/stats.ts";
import type { FlowParts } from "../flow_parts.ts";
import { readModel } from "./read_model.ts";
import { renderers } from "./render.ts";

export const stats: FlowParts = {
  flow: statsFlow,
  renderers,
  projections: [readModel],
};
