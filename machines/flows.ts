/** Every flow of the dialogue, a line each. */
import type { Flow } from "./flow/define_flow.ts";
import { cancelFlow } from "./flows/cancel.ts";
import { cardHistoryFlow } from "./flows/card_history.ts";
import { cardWordsFlow } from "./flows/card_words.ts";
import { checkPhotoFlow } from "./flows/check_photo.ts";
import { correctCardFlow } from "./flows/correct_card.ts";
import { exportCardsFlow } from "./flows/export_cards.ts";
import { homeFlow } from "./flows/home.ts";
import { issueBatchFlow } from "./flows/issue_batch.ts";
import { issueCardFlow } from "./flows/issue_card.ts";
import { languageFlow } from "./flows/language.ts";
import { makersFlow } from "./flows/makers.ts";
import { menuFlow } from "./flows/menu.ts";
import { ownCardsFlow } from "./flows/own_cards.ts";
import { printLabelsFlow } from "./flows/print_labels.ts";
import { searchCardsFlow } from "./flows/search_cards.ts";
import { shareCardFlow } from "./flows/share_card.ts";
import { statsFlow } from "./flows/stats.ts";
import { verifyCardFlow } from "./flows/verify_card.ts";
import { withdrawCardFlow } from "./flows/withdraw_card.ts";

export const flows: readonly Flow[] = [
  homeFlow,
  languageFlow,
  cancelFlow,
  menuFlow,
  statsFlow,
  makersFlow,
  cardWordsFlow,
  checkPhotoFlow,
  issueCardFlow,
  issueBatchFlow,
  ownCardsFlow,
  withdrawCardFlow,
  printLabelsFlow,
  cardHistoryFlow,
  correctCardFlow,
  searchCardsFlow,
  exportCardsFlow,
  shareCardFlow,
  verifyCardFlow,
];
