import { shareCardFlow } from "../../../machines/flows/share_card.ts";
import { defineParts } from "../flow_parts.ts";
import { offers } from "./inline.ts";
import { migrations, readModel } from "./read_model.ts";
import { renderers } from "./render.ts";
import { words } from "./words.ts";

export const shareCard = defineParts(shareCardFlow, {
  words,
  renderers,
  offers,
  projections: [readModel],
  migrations,
});
