import { issueCardFlow } from "../../../machines/flows/issue_card.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { migrations, readModel } from "./read_model.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const issueCard = defineParts(issueCardFlow, {
  words,
  asks,
  renderers,
  projections: [readModel],
  migrations,
});
