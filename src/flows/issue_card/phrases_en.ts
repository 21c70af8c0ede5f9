/** What several flows say of a card. */
import type { Face, Made } from "./caption_face.ts";
import { isolated } from "../../locales/isolated.ts";

/** ", edition 3 of 24". */
export function ofBatch({ edition }: Pick<Face, "edition">): string {
  return edition === null ? "" : `, edition ${edition.edition} of ${edition.editions}`;
}

/** A line of its own, where the card was corrected. */
export function corrected({ corrected }: Pick<Face, "corrected">): string {
  return corrected === null ? "" : `The card was changed on ${corrected}\n`;
}

/** Whose card it is. */
export function madeBy({ maker }: Made): string {
  return `Maker: ${maker === null ? "name no longer kept" : isolated(maker)}`;
}
