import { verifyCardFlow } from "../../../machines/flows/verify_card.ts";
import type { FlowParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { jobs } from "./jobs.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const verifyCard: FlowParts = {
  flow: verifyCardFlow,
  words,
  asks,
  jobs,
  renderers,
};
