/** Facts of a correction: what an issued card says or shows was wrong, and is mended. */
import { z } from "zod";
import { CardId, CardNumber, Description, Name } from "./card.ts";
import { CallId, fact } from "./fact.ts";
import { Sha256 } from "./photo.ts";

/** What of a card can be corrected. */
export const CardPart = z.enum(["name", "description", "original", "packaged"]);
export type CardPart = z.infer<typeof CardPart>;

/** A maker wants to correct a card. */
export const CorrectionAsked = fact("CorrectionAsked", { number: CardNumber });

/** They said what of it. */
export const CorrectionChosen = fact("CorrectionChosen", { part: CardPart });

/**
 * The card says or shows something else from now on; null stays as it was. Cards of one batch share
 * all of this, so they are corrected together.
 */
export const CardCorrected = fact("CardCorrected", {
  callId: CallId,
  card: CardId,
  name: Name.nullable(),
  description: Description.nullable(),
  original: Sha256.nullable(),
  packaged: Sha256.nullable(),
});
