import { issueBatchFlow } from "../../../machines/flows/issue_batch.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { jobs } from "./jobs.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const issueBatch = defineParts(issueBatchFlow, {
  words,
  asks,
  jobs,
  renderers,
});
