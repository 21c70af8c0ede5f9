import { statsFlow } from "../../../machines/flows/stats.ts";
import { defineParts } from "../flow_parts.ts";
import { readModel } from "./read_model.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const stats = defineParts(statsFlow, {
  words,
  renderers,
  projections: [readModel],
});
