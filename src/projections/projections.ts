import { cardChangesProjection } from "./card_changes.ts";
import { cardsProjection } from "./cards.ts";
import { galleriesProjection } from "./galleries.ts";
import { languagesProjection } from "./languages.ts";
import { makersProjection } from "./makers.ts";
import { findableProjection } from "./findable.ts";
import type { Projection } from "./projection.ts";
import { statsProjection } from "./stats.ts";

/** Every read model, in the order in which they are applied. */
export const projections: readonly Projection[] = [
  cardsProjection,
  cardChangesProjection,
  galleriesProjection,
  statsProjection,
  languagesProjection,
  makersProjection,
  findableProjection,
];
