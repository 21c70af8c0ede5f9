import { makersFlow } from "../../../machines/flows/makers.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { migrations, readModel } from "./read_model.ts";
import { readOnlyTaps } from "./pager.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const makers = defineParts(makersFlow, {
  words,
  asks,
  renderers,
  readOnlyTaps,
  projections: [readModel],
  migrations,
});
