import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_query: () =>
      "<b>Search among my cards</b>\nType a card’s number, or words of its name and description.",
  },
  labels: {
    search: "Find",
  },
  hints: {
    query: "Tell me what to look for: a card’s number, or words. To stop: /cancel",
  },
  captions: {
    query_cut: () => "That was a long search: only its beginning was looked for.",
  },
};
