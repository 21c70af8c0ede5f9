import type { issueCardFlow } from "../../../machines/flows/issue_card.ts";
import type { CaptionFields } from "./caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  texts: {
    ask_photo: () =>
      "<b>Новая карта, шаг 1 из 4: фото</b>\n" +
      "Пришлите фото самой вещи, снимком или файлом: JPEG, PNG или WebP, до 20 МБ. Можно сразу " +
      "альбомом из двух: сначала вещь, потом она же в упаковке.",
    ask_name: () => "<b>Шаг 2 из 4: название</b>\nФото подходит. Как назовём карту? До 80 знаков.",
    ask_description: () =>
      "<b>Шаг 3 из 4: описание</b>\n" +
      "Расскажите о вещи, до 700 знаков. Описание увидит каждый, кто проверит карту.",
    ask_packaged: () =>
      "<b>Шаг 4 из 4: упаковка</b>\nПришлите фото вещи в упаковке или пропустите этот шаг.",
    name_kept: () => "Название есть. Фото ещё проверяю, а вы можете прислать описание.",
    description_kept: () => "Описание есть. Фото ещё проверяю.",
    edited_name: () => "Исправил название.",
    edited_description: () => "Исправил описание.",
    edited_copies: () => "Исправил число карт.",
    issue_left: () =>
      "Выпуск карты прерван, ничего не сохранено. Начать заново можно в меню мастера: /admin",
  },
  labels: {
    issue: "Добавить новую карту",
    skip: "Пропустить",
  },
  hints: {
    packaged: "Сейчас жду фото в упаковке. Нет такого? Нажмите «Пропустить».",
  },
  refusals: {
    third_photo: "Двух фотографий достаточно, эту я не беру.",
  },
  captions: {
    /** To the maker: the card is ready. */
    issued: ({ number, name, description }: CaptionFields) =>
      `Карта готова: №\u00a0${number}\n<b>${name}</b>\n\n${description}`,
  },
} satisfies AtLeastWordsOf<typeof issueCardFlow>;
