/** Facts of a draft that its maker sees as a card before it is issued. */
import { CardPart } from "./correction.ts";
import { fact } from "./fact.ts";

/** They saw the card, and want it issued as it was shown. */
export const DraftApproved = fact("DraftApproved", {});

/** They want to tell this part of it anew. */
export const DraftReopened = fact("DraftReopened", { part: CardPart });

/** They leave the part as it is, and want to see the card again. */
export const DraftReviewed = fact("DraftReviewed", {});
