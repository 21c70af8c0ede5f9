import { languageFlow } from "../../../machines/flows/language.ts";
import type { FlowParts } from "../flow_parts.ts";
import { migrations, readModel } from "./read_model.ts";
import { words } from "./words.ts";

export const language: FlowParts = {
  flow: languageFlow,
  words,
  projections: [readModel],
  migrations,
};
