import type { searchCardsFlow } from "../../../machines/flows/search_cards.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    ask_query: () =>
      "<b>Поиск среди моих карт</b>\nНапишите номер карты или слова из названия и описания.",
  },
  labels: {
    search: "Найти",
  },
  hints: {
    query: "Сейчас жду, что искать: номер карты или слова. Передумали? /cancel",
  },
  captions: {
    /** Under what was found, where the search was longer than it can be. */
    query_cut: () => "Запрос длинный: искал только по его началу.",
  },
} satisfies AtLeastWordsOf<typeof searchCardsFlow>;
