/** What this flow says, out of the catalogue of all. */
import { en } from "../../locales/en.ts";
import { type Catalogue, ru } from "../../locales/ru.ts";

const wordsOf = ({ captions, paper, tables, welcomes, card_label, nameless }: Catalogue) => ({
  captions: { ...captions, ...paper },
  ...{ tables, welcomes, card_label, nameless },
});

export const words = { ru: wordsOf(ru), en: wordsOf(en) };
