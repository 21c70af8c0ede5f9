import { cancelFlow } from "../../../machines/flows/cancel.ts";
import type { FlowParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const cancel: FlowParts = {
  flow: cancelFlow,
  words,
};
