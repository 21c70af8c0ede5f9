import type { correctCardFlow } from "../../../machines/flows/correct_card.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    ask_part: ({ number, name }) =>
      `<b>Исправляем карту №\u00a0${number}</b>\n${name}\n\n` +
      "Что исправить? Если карта из тиража, исправится весь тираж.",
    ask_new_name: () => "Напишите новое название, до 80 знаков.",
    ask_new_description: () => "Напишите новое описание, до 700 знаков.",
    ask_new_original: () => "Пришлите новое фото вещи: JPEG, PNG или WebP, до 20 МБ.",
    ask_new_packaged: () => "Пришлите новое фото вещи в упаковке: JPEG, PNG или WebP, до 20 МБ.",
    card_corrected: () => "Исправлено. Каждая проверка скажет, когда карта изменена.",
    correction_left: () => "Исправление прервано, карта осталась прежней.",
  },
  labels: {
    correct: "Исправить",
    part_name: "Название",
    part_description: "Описание",
    part_original: "Фото",
    part_packaged: "Фото в упаковке",
  },
  hints: {
    part: "Выберите, что исправить, или нажмите «Отмена».",
    new_packaged: "Пришлите фото в упаковке: JPEG, PNG или WebP, до 20 МБ. Передумали? /cancel",
  },
} satisfies AtLeastWordsOf<typeof correctCardFlow>;
