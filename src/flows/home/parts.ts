import { homeFlow } from "../../../machines/flows/home.ts";
import { defineParts } from "../flow_parts.ts";
import { words } from "./words.ts";

export const home = defineParts(homeFlow, {
  words,
});
