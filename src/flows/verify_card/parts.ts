import { verifyCardFlow } from "../../../machines/flows/verify_card.ts";
import { defineParts } from "../flow_parts.ts";
import { asks } from "./asks.ts";
import { jobs } from "./jobs.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const verifyCard = defineParts(verifyCardFlow, {
  words,
  asks,
  jobs,
  renderers,
});
