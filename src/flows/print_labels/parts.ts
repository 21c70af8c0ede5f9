import { printLabelsFlow } from "../../../machines/flows/print_labels.ts";
import type { FlowParts } from "../flow_parts.ts";

export const printLabels: FlowParts = {
  flow: printLabelsFlow,
};
