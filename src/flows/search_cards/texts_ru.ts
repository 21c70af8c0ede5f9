import type { searchCardsFlow } from "../../../machines/flows/search_cards.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    ask_query: () =>
      "<b>Поиск среди моих карт</b>\nНапишите номер карты или слова из названия и описания. " +
      "Искать буду по первым 23 буквам.",
  },
  labels: {
    search: "Найти",
  },
  hints: {
    query: "Сейчас жду, что искать: номер карты или слова. Передумали? /cancel",
  },
} satisfies AtLeastWordsOf<typeof searchCardsFlow>;
