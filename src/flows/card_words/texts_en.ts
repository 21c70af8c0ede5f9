import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  hints: {
    name: "I am waiting for the name: just type it, up to 80 characters. To stop: /cancel",
    description:
      "I am waiting for the description: just type it, up to 700 characters. To stop: /cancel",
  },
  refusals: {
    "name:too_long": "The name is longer than 80 characters, please shorten it.",
    "description:too_long": "The description is longer than 700 characters, please shorten it.",
  },
};
