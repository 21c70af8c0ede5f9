/** The dialogue with one person: every flow, folded into one chart. */
import { foldFlows } from "./flow/fold_flows.ts";
import { flows } from "./flows.ts";

export const dialogue = foldFlows("dialogue/1", flows);
