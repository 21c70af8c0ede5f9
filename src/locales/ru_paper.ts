/** What goes onto paper and into tables, and what is told of a card's history. */
import { isolated } from "./isolated.ts";
import { checks as writeChecks, days as writeDays, labels as writeLabels } from "./ru_counts.ts";

/** A change of a card; `at` as people write it. */
interface Change {
  at: string;
}

/** Of a card, as far as a label tells it. */
interface Labelled {
  number: number;
  edition: { edition: number; editions: number } | null;
}

/** Names of what can be corrected, by the names of facts. */
const parts: ReadonlyMap<string, string> = new Map([
  ["name", "название"],
  ["description", "описание"],
  ["original", "фото"],
  ["packaged", "фото в упаковке"],
]);

export const paper = {
  /** Plain: the first line of a label. */
  label_title: ({ number, edition }: Labelled) =>
    `№\u00a0${number}` + (edition ? ` · ${edition.edition} из ${edition.editions}` : ""),
  /** Under the file with labels. */
  labels: ({ count }: { count: number }) =>
    `${writeLabels(count)} с QR-кодом. Печатайте на листах А4 без полей и в масштабе 100 %: 24 ` +
    "этикетки 70 × 37 мм на листе.",

  /** Under the tables. */
  cards_table: () => "Ваши карты: таблица для Excel и других программ. В ней коды, берегите её.",
  scans_table: () => "Проверки ваших карт, без имён тех, кто проверял.",

  /** `lines` are of what follows, oldest first. */
  history: ({ number, name, lines }: {
    number: number;
    name: string;
    lines: readonly string[];
  }) => `<b>История карты №\u00a0${number}</b>\n${name}\n\n${lines.join("\n")}`,
  was_issued: ({ at }: Change) => `${at}: выпущена`,
  /** `what` are names of facts. */
  was_corrected: ({ at, what }: Change & { what: readonly string[] }) =>
    `${at}: исправлено ${what.map((part) => parts.get(part) ?? part).join(", ")}`,
  was_withdrawn: ({ at, reason }: Change & { reason: string | null }) =>
    `${at}: отозвана, ${isolated(reason ?? "без причины")}`,
  was_restored: ({ at }: Change) => `${at}: возвращена`,
  /** Some of the oldest changes are left out. */
  and_earlier: () => "…",
  /** Under the picture of the last days. */
  days: ({ number, days, checks }: { number: number; days: number; checks: number }) =>
    `Карта №\u00a0${number}, проверки за ${writeDays(days)}: ${writeChecks(checks)}`,
};

/** Plain: what stands in tables. */
export const tables = {
  cards: [
    ...["Номер", "Название", "Описание", "Экземпляр", "Тираж", "Код", "Выпущена", "Изменена"],
    ...["Состояние", "Причина отзыва", "Проверок", "Человек", "Первая проверка"],
  ],
  scans: ["Карта", "Название", "Проверка", "Человек к этому времени", "Время", "Состояние карты"],
  active: "действует",
  withdrawn: "отозвана",
};
