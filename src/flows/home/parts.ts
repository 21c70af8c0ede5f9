import { homeFlow } from "../../../machines/flows/home.ts";
import type { FlowParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const home: FlowParts = {
  flow: homeFlow,
  words,
};
