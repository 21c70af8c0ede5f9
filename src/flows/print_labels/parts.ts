import { printLabelsFlow } from "../../../machines/flows/print_labels.ts";
import { defineParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const printLabels = defineParts(printLabelsFlow, {
  words,
  renderers,
});
