import { printLabelsFlow } from "../../../machines/flows/print_labels.ts";
import type { FlowParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const printLabels: FlowParts = {
  flow: printLabelsFlow,
  words,
  renderers,
};
