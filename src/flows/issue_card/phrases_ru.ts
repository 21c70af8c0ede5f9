/** What several flows say of a card. */
import type { CaptionFields, MadeBy, OwnChecks } from "./caption_fields.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { formatNumber } from "../../locales/ru_counts.ts";

/** ", экземпляр 3 из 24". */
export function ofBatch({ edition }: Pick<CaptionFields, "edition">): string {
  return edition === null ? "" : `, экземпляр ${edition.edition} из ${edition.editions}`;
}

/** A line of its own, where the card was corrected. */
export function corrected({ corrected }: Pick<CaptionFields, "corrected">): string {
  return corrected === null ? "" : `Содержание карты изменено ${corrected}\n`;
}

/** How many of the checks were the maker's own, in brackets. */
export function ofMaker({ by_maker }: OwnChecks): string {
  return by_maker === 0 ? "" : ` (в том числе мастером: ${formatNumber(by_maker)})`;
}

/** Whose card it is. */
export function madeBy({ maker }: MadeBy): string {
  return `Мастер: ${maker === null ? "имя не хранится" : isolateDirection(maker)}`;
}
