import { menuFlow } from "../../../machines/flows/menu.ts";
import type { FlowParts } from "../flow_parts.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const menu: FlowParts = {
  flow: menuFlow,
  words,
  renderers,
};
