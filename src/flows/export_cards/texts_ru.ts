import type { exportCardsFlow } from "../../../machines/flows/export_cards.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";

export const ru = {
  labels: {
    export: "Выгрузить",
  },
  captions: {
    /** Under the tables. */
    cards_table: () => "Ваши карты: таблица для Excel и других программ. В ней коды, берегите её.",

    scans_table: () => "Проверки ваших карт, без имён тех, кто проверял.",

    /** Instead of a table. */
    cards_table_refused: () =>
      "⚠️ Не получилось отправить таблицу ваших карт: Telegram её не принял. Попробуйте ещё раз " +
      "позже.",

    scans_table_refused: () =>
      "⚠️ Не получилось отправить таблицу проверок: Telegram её не принял. Попробуйте ещё раз позже.",
  },
  /** Plain: what stands in tables; those of `times` are told with their zone. */
  tables: {
    cards: [
      ...["Номер", "Название", "Описание", "Экземпляр", "Тираж", "Код", "Выпущена", "Изменена"],
      ...["Состояние", "Причина отзыва", "Проверок", "Человек", "Первая проверка"],
    ],
    scans: ["Карта", "Название", "Проверка", "Человек к этому времени", "Время", "Состояние карты"],
    times: ["Выпущена", "Изменена", "Первая проверка", "Время"],
    active: "действует",
    withdrawn: "отозвана",
  },
} satisfies AtLeastWordsOf<typeof exportCardsFlow>;
