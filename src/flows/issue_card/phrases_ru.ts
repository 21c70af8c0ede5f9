/** What several flows say of a card. */
import type { CaptionFields, MadeBy } from "./caption_fields.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";

/** ", экземпляр 3 из 24". */
export function ofBatch({ edition }: Pick<CaptionFields, "edition">): string {
  return edition === null ? "" : `, экземпляр ${edition.edition} из ${edition.editions}`;
}

/** A line of its own, where the card was corrected. */
export function corrected({ corrected }: Pick<CaptionFields, "corrected">): string {
  return corrected === null ? "" : `Содержание карты изменено ${corrected}\n`;
}

/** Whose card it is. */
export function madeBy({ maker }: MadeBy): string {
  return `Мастер: ${maker === null ? "имя не хранится" : isolateDirection(maker)}`;
}
