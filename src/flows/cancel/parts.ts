import { cancelFlow } from "../../../machines/flows/cancel.ts";
import { defineParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const cancel = defineParts(cancelFlow, {
  words,
});
