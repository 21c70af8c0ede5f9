import { menuFlow } from "../../../machines/flows/menu.ts";
import { defineParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const menu = defineParts(menuFlow, {
  words,
  renderers,
});
