import { makersFlow } from "../../../machines/flows/makers.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { migrations, readModel } from "./read_model.ts";
import { renderers } from "./render.ts";

export const makers: FlowParts = {
  flow: makersFlow,
  asks,
  renderers,
  projections: [readModel],
  migrations,
};
