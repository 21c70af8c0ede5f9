import { verifyCardFlow } from "../../../machines/flows/verify_card.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { jobs } from "./jobs.ts";
import { renderers } from "./render.ts";

export const verifyCard: FlowParts = {
  flow: verifyCardFlow,
  asks,
  jobs,
  renderers,
};
