/** Every flow with all that it does and says, a line each. */
import type { FlowParts } from "./flows/flow_parts.ts";
import { cancel } from "./flows/cancel/parts.ts";
import { cardHistory } from "./flows/card_history/parts.ts";
import { cardWords } from "./flows/card_words/parts.ts";
import { checkPhoto } from "./flows/check_photo/parts.ts";
import { correctCard } from "./flows/correct_card/parts.ts";
import { exportCards } from "./flows/export_cards/parts.ts";
import { home } from "./flows/home/parts.ts";
import { issueBatch } from "./flows/issue_batch/parts.ts";
import { issueCard } from "./flows/issue_card/parts.ts";
import { language } from "./flows/language/parts.ts";
import { makers } from "./flows/makers/parts.ts";
import { menu } from "./flows/menu/parts.ts";
import { ownCards } from "./flows/own_cards/parts.ts";
import { printLabels } from "./flows/print_labels/parts.ts";
import { searchCards } from "./flows/search_cards/parts.ts";
import { shareCard } from "./flows/share_card/parts.ts";
import { stats } from "./flows/stats/parts.ts";
import { verifyCard } from "./flows/verify_card/parts.ts";
import { withdrawCard } from "./flows/withdraw_card/parts.ts";

export const flowParts: readonly FlowParts[] = [
  home,
  language,
  cancel,
  menu,
  stats,
  makers,
  cardWords,
  checkPhoto,
  issueCard,
  issueBatch,
  ownCards,
  withdrawCard,
  printLabels,
  cardHistory,
  correctCard,
  searchCards,
  exportCards,
  shareCard,
  verifyCard,
];
