import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_language: () => "Which language should I speak?",
    language_chosen: () => "I speak English from now on. To change that: /language",
  },
  labels: {
    language_ru: "Русский",
    language_en: "English",
  },
  commands: {
    language: "Язык / Language",
  },
};
