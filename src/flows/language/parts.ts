import { languageFlow } from "../../../machines/flows/language.ts";
import { defineParts } from "../flow_parts.ts";
import { migrations, readModel } from "./read_model.ts";
import { words } from "./words.ts";

export const language = defineParts(languageFlow, {
  words,
  projections: [readModel],
  migrations,
});
