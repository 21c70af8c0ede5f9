/** The flows of today as a chart of another version, which takes over what dialogue/1 remembers. */
import type { Charts } from "../../machines/flow/chart.ts";
import { foldFlows } from "../../machines/flow/fold_flows.ts";
import { flows } from "../../machines/dialogue.ts";
import { frozenDialogue } from "./frozen_dialogue.ts";

export const successor = foldFlows("dialogue/2", flows, { "dialogue/1": (state) => state });

/** The chart of before, and the one that took over from it. */
export const succeedingCharts: Charts = {
  all: { [frozenDialogue.id]: frozenDialogue, [successor.id]: successor },
  current: successor,
};
