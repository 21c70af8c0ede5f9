import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_query: () =>
      "<b>Search among my cards</b>\nType a card’s number, or words of its name and description. " +
      "The first 46 letters count, or 23 where they are not Latin.",
  },
  labels: {
    search: "Find",
  },
  hints: {
    query: "Tell me what to look for: a card’s number, or words. To stop: /cancel",
  },
};
