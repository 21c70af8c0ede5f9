import { homeFlow } from "../../../machines/flows/home.ts";
import type { FlowParts } from "../flow_parts.ts";

export const home: FlowParts = {
  flow: homeFlow,
};
