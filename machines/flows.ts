/** Every flow of the dialogue, a line each. */
import type { Flow } from "./flow/define_flow.ts";
import { cancel } from "./flows/cancel.ts";
import { cardHistory } from "./flows/card_history.ts";
import { cardWords } from "./flows/card_words.ts";
import { checkedPhoto } from "./flows/check_photo.ts";
import { correctIssuedCard } from "./flows/correct_card.ts";
import { exportCards } from "./flows/export_cards.ts";
import { home } from "./flows/home.ts";
import { batch } from "./flows/issue_batch.ts";
import { issueOneCard } from "./flows/issue_card.ts";
import { language } from "./flows/language.ts";
import { makers } from "./flows/makers.ts";
import { menu } from "./flows/menu.ts";
import { ownCards } from "./flows/own_cards.ts";
import { labels } from "./flows/print_labels.ts";
import { searchCards } from "./flows/search_cards.ts";
import { shareCard } from "./flows/share_card.ts";
import { stats } from "./flows/stats.ts";
import { verifyCard } from "./flows/verify_card.ts";
import { withdrawCard } from "./flows/withdraw_card.ts";

export const flows: readonly Flow[] = [
  home,
  language,
  cancel,
  menu,
  stats,
  makers,
  cardWords,
  checkedPhoto,
  issueOneCard,
  batch,
  ownCards,
  withdrawCard,
  labels,
  cardHistory,
  correctIssuedCard,
  searchCards,
  exportCards,
  shareCard,
  verifyCard,
];
