/** What several flows say of a card. */
import type { Face, Made } from "./caption_face.ts";
import { isolated } from "../../locales/isolated.ts";

/** ", экземпляр 3 из 24". */
export function ofBatch({ edition }: Pick<Face, "edition">): string {
  return edition === null ? "" : `, экземпляр ${edition.edition} из ${edition.editions}`;
}

/** A line of its own, where the card was corrected. */
export function corrected({ corrected }: Pick<Face, "corrected">): string {
  return corrected === null ? "" : `Содержание карты изменено ${corrected}\n`;
}

/** Whose card it is. */
export function madeBy({ maker }: Made): string {
  return `Мастер: ${maker === null ? "имя не хранится" : isolated(maker)}`;
}
