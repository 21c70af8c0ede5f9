import type { languageFlow } from "../../../machines/flows/language.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    ask_language: () => "На каком языке мне говорить?",
    language_chosen: () => "Теперь говорю по-русски. Сменить язык: /language",
  },
  labels: {
    language_ru: "Русский",
    language_en: "English",
  },
  commands: {
    language: "Язык / Language",
  },
} satisfies AtLeastWordsOf<typeof languageFlow>;
