import type { issueCardFlow } from "../../../machines/flows/issue_card.ts";
import type { CaptionFields, DraftFields, Early, MadeBy } from "./caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { cards, formatNumber } from "../../locales/ru_counts.ts";
import { madeBy } from "./phrases_ru.ts";

/** Which photo of a draft Telegram refuses. */
interface RefusedPhoto {
  which: "original" | "packaged";
}

const refusedPhoto = ({ which }: RefusedPhoto): string =>
  which === "original" ? "фото вещи" : "фото в упаковке";

/** Of a batch, each step names it. */
const step = (copies: number | null, number: number, what: string, first = "Шаг"): string =>
  copies === null
    ? `<b>${first} ${number} из 4: ${what}</b>\n`
    : `<b>Тираж\u00a0${formatNumber(copies)} · шаг ${number} из 4: ${what}</b>\n`;

const photo = (copies: number | null) =>
  step(copies, 1, "фото", "Новая карта, шаг") +
  "Пришлите фото самой вещи, снимком или файлом: JPEG, PNG или WebP, до 20 МБ. Можно сразу " +
  "альбомом из двух: сначала вещь, потом она же в упаковке. Подпись под фото может стать названием.";
const name = (copies: number | null) =>
  step(copies, 2, "название") + "Фото подходит. Как назовём карту? До 80 знаков.";
const description = (copies: number | null) =>
  step(copies, 3, "описание") +
  "Расскажите о вещи, до 700 знаков. Описание увидит каждый, кто проверит карту.";
const packaged = (copies: number | null) =>
  step(copies, 4, "упаковка") + "Пришлите фото вещи в упаковке или пропустите этот шаг.";

export const ru = {
  texts: {
    ask_photo: () => photo(null),
    ask_name: () => name(null),
    ask_description: () => description(null),
    ask_packaged: () => packaged(null),
    batch_photo: ({ copies }) => photo(copies),
    batch_name: ({ copies }) => name(copies),
    batch_description: ({ copies }) => description(copies),
    batch_packaged: ({ copies }) => packaged(copies),
    offer_name: ({ copies, name }) =>
      step(copies, 2, "название") +
      `Фото подходит. Под ним подписано: «${isolateDirection(name)}». Назвать карту так? Или ` +
      "напишите другое название, до 80 знаков.",
    long_caption: ({ copies }) =>
      step(copies, 2, "название") +
      "Фото подходит. Подпись под ним длиннее 80 знаков, названием ей не быть. Как назовём карту?",
    again_photo: () => "Пришлите другое фото вещи: JPEG, PNG или WebP, до 20 МБ.",
    again_name: () => "Напишите другое название, до 80 знаков.",
    again_description: () => "Напишите другое описание, до 700 знаков.",
    again_packaged: () => "Пришлите другое фото вещи в упаковке. «Пропустить» — значит, без него.",
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
    take_name: "Назвать так",
    approve: "Выпустить",
    review: "Оставить как есть",
    /** How it stands now; a tap changes it. */
    show_from_check: "Показывать до первой проверки: нет",
    show_from_issue: "Показывать до первой проверки: да",
  },
  hints: {
    packaged: "Сейчас жду фото в упаковке. Нет такого? Нажмите «Пропустить».",
    approval: "Карта ещё не выпущена. Нажмите «Выпустить» или выберите, что исправить.",
  },
  refusals: {
    third_photo: "Двух фотографий достаточно, эту я не беру.",
  },
  captions: {
    /** To the maker: the card as it will be, before it has a number. */
    preview: (card: DraftFields & MadeBy) =>
      `Карта №\u00a0…${card.copies === null ? "" : `, экземпляр 1 из ${card.copies}`}\n` +
      `<b>${card.name}</b>\n\n${card.description}\n\n${madeBy(card)}`,

    /** Under it, with what can be done. */
    preview_controls: ({ copies, early }: Pick<DraftFields, "copies"> & Early) =>
      (copies === null
        ? "<b>Так карту увидит покупатель.</b> Номер и код она получит при выпуске.\n"
        : `<b>Так увидит карту покупатель.</b> В тираже ${cards(copies)}: свои номер, код и ` +
          "номер экземпляра каждая получит при выпуске.\n") +
      (early
        ? "По номеру и в чатах её смогут посмотреть все, ещё до первой проверки.\n"
        : "По номеру и в чатах её увидят только после первой проверки покупателем или по вашей " +
          "ссылке.\n") +
      "Всё верно? Если нет, выберите, что исправить.",

    /** Telegram refuses a photo of it. */
    preview_as_file: (refused: RefusedPhoto) =>
      `⚠️ Telegram не показывает ${
        refusedPhoto(refused)
      } и пропускает его только файлом. Так его увидят ` +
      "и те, кто проверит карту. Лучше замените его сейчас.",
    preview_left_out: (refused: RefusedPhoto) =>
      `⚠️ Telegram не принимает ${
        refusedPhoto(refused)
      }: те, кто проверит карту, его не увидят. Лучше ` +
      "замените его сейчас.",
    preview_forbidden: () => "В этом чате нельзя отправлять фото: карта показана без картинок.",

    /** To the maker: the card is ready. */
    issued: ({ number, name, description }: CaptionFields) =>
      `Карта готова: №\u00a0${number}\n<b>${name}</b>\n\n${description}`,
  },
} satisfies AtLeastWordsOf<typeof issueCardFlow>;
