import { editsFlow } from "../../../machines/flows/edits.ts";
import { defineParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const edits = defineParts(editsFlow, {
  words,
});
