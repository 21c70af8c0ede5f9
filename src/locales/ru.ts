/**
 * Everything the bot says, in Russian. Texts and captions are Telegram HTML, and what is put into
 * them comes escaped; notes over the chat, labels and descriptions are plain.
 */
import { captions } from "./ru_captions.ts";
import { paper, tables } from "./ru_paper.ts";
import { notes, texts } from "./ru_texts.ts";

export const ru = {
  texts,
  notes,
  captions,
  paper,
  tables,
  labels: {
    issue: "Добавить новую карту",
    batch: "Тираж",
    list: "Мои карты",
    stats: "Статистика",
    skip: "Пропустить",
    cancel: "Отмена",
    withdraw: "Отозвать",
    confirm_withdrawal: "Да, отозвать",
    restore: "Вернуть",
    labels: "Этикетка",
    batch_labels: "Этикетки тиража",
    history: "История",
    correct: "Исправить",
    part_name: "Название",
    part_description: "Описание",
    part_original: "Фото",
    part_packaged: "Фото в упаковке",
    search: "Найти",
    export: "Выгрузить",
    share: "Поделиться",
    share_link: "Поделиться ссылкой",
    open: "Открыть карту",
    previous: "◀",
    next: "▶",
    active: "Действующие",
    withdrawn: "Отозванные",
    makers: "Мастера",
    invite: "Пригласить мастера",
    dismiss: "Убрать из мастеров",
    language_ru: "Русский",
    language_en: "English",
  },
  /** The label of a card's button in a list. */
  card_label: (number: number): string => `№\u00a0${number}`,
  /** What came of following an invitation; Telegram HTML. */
  welcomes: {
    joined: "Теперь вы мастер: можно выпускать карты. Меню мастера: /admin",
    used: "Это приглашение уже использовано. Попросите новое у того, кто его прислал.",
    expired: "Срок этого приглашения вышел. Попросите новое у того, кто его прислал.",
    unknown: "Такого приглашения нет. Проверьте, целиком ли скопирована ссылка.",
  },
  /** Whoever's name is not kept any more. */
  nameless: "Без имени",
  commands: {
    start: "Начать сначала",
    help: "Как проверить карту",
    language: "Язык / Language",
    cancel: "Отменить начатое",
    admin: "Меню мастера",
    batch: "Выпустить тираж",
  },
  /** What an empty chat shows above the start button, up to 512 characters. */
  description: "Проверяю карты по QR-коду: показываю фотографии и описание, говорю, кто выпустил " +
    "карту, сколько раз и сколько людей её проверяли.\n\nОтсканируйте QR-код на упаковке или " +
    "нажмите «Начать» и пришлите код.",
  /** What the bot's profile shows, up to 120 characters. */
  short_description: "Проверяю карты по QR-коду: фотографии, мастер, число проверок.",
  /** Writes a time in ms, as the clocks of `time_zone` show it. Throws a RangeError at no zone. */
  clock(time_zone: string): (at: number) => string {
    const format = new Intl.DateTimeFormat("ru", {
      dateStyle: "long",
      timeStyle: "short",
      timeZone: time_zone,
    });
    return (at) => format.format(at);
  },
};

/** What every language must have. */
export type Catalogue = typeof ru;
