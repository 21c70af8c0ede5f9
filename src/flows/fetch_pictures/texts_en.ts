import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {},
  captions: {
    pictures_left_out: () => "⚠️ Pictures that could not be sent are left out.",
    pictures_forbidden: () => "⚠️ This chat takes no pictures, so they are left out.",
  },
};
