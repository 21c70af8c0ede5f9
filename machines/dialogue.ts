/** The dialogue with one person: every flow, folded into one chart. */
import type { Flow } from "./flow/flow.ts";
import { foldFlows } from "./flow/fold_flows.ts";
import * as all from "./flows.ts";

/** Every flow, by name. */
export const flows: readonly Flow[] = Object.values(all);

export const dialogue = foldFlows("dialogue/1", flows);
