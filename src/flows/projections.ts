import { inOrder } from "../projections/order.ts";
import type { Projection } from "../projections/projection.ts";
import { readModel as cardHistory } from "./card_history/read_model.ts";
import { readModel as correctCard } from "./correct_card/read_model.ts";
import { readModel as issueCard } from "./issue_card/read_model.ts";
import { readModel as language } from "./language/read_model.ts";
import { readModel as makers } from "./makers/read_model.ts";
import { readModel as ownCards } from "./own_cards/read_model.ts";
import { readModel as shareCard } from "./share_card/read_model.ts";
import { readModel as stats } from "./stats/read_model.ts";

/** The read models of all flows, in the order in which they are applied. */
export const projections: readonly Projection[] = inOrder([
  issueCard,
  correctCard,
  cardHistory,
  ownCards,
  stats,
  language,
  makers,
  shareCard,
]);
