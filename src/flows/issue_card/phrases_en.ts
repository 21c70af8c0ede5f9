/** What several flows say of a card. */
import type { CaptionFields, MadeBy, OwnChecks } from "./caption_fields.ts";
import { formatNumber } from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";

/** ", edition 3 of 24". */
export function ofBatch({ edition }: Pick<CaptionFields, "edition">): string {
  return edition === null ? "" : `, edition ${edition.edition} of ${edition.editions}`;
}

/** A line of its own, where the card was corrected. */
export function corrected({ corrected }: Pick<CaptionFields, "corrected">): string {
  return corrected === null ? "" : `The card was changed on ${corrected}\n`;
}

/** How many of the checks were the maker's own, in brackets. */
export function ofMaker({ by_maker }: OwnChecks): string {
  return by_maker === 0 ? "" : ` (by the maker: ${formatNumber(by_maker)})`;
}

/** Whose card it is. */
export function madeBy({ maker }: MadeBy): string {
  return `Maker: ${maker === null ? "name no longer kept" : isolateDirection(maker)}`;
}
