/** Facts of a draft that its maker sees as a card before it is issued. */
import { z } from "zod";
import { CardPart } from "./correction.ts";
import { fact } from "./fact.ts";

/** They saw the card, and want it issued as it was shown. */
export const DraftApproved = fact("DraftApproved", {});

/** They want to tell this part of it anew. */
export const DraftReopened = fact("DraftReopened", { part: CardPart });

/** Whether everybody may look at the card before its first check: `early`, or only after it. */
export const VisibilityChosen = fact("VisibilityChosen", { early: z.boolean() });

/** They leave the part as it is, and want to see the card again. */
export const DraftReviewed = fact("DraftReviewed", {});
