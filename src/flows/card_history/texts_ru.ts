import type { CardPart } from "../../../events/correction.ts";
import type { cardHistoryFlow } from "../../../machines/flows/card_history.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { checks as writeChecks, days as writeDays } from "../../locales/ru_counts.ts";

/** A change of a card; `at` as people write it. */
interface Change {
  at: string;
}

export const ru = {
  labels: {
    history: "История",
  },
  captions: {
    /** `lines` are of what follows, oldest first. */
    history: ({ number, name, lines, page, pages }: {
      number: number;
      name: string;
      lines: readonly string[];
      page: number;
      pages: number;
    }) =>
      `<b>История карты №\u00a0${number}</b>` +
      (pages > 1 ? `, страница ${page} из ${pages}` : "") + `\n${name}\n\n${lines.join("\n")}`,

    was_issued: ({ at }: Change) => `${at}: выпущена`,

    /** `what` are names of facts. */
    was_corrected: ({ at, what }: Change & { what: readonly string[] }) =>
      `${at}: исправлено ${what.map((part) => partsByName.get(part) ?? part).join(", ")}`,

    was_withdrawn: ({ at, reason }: Change & { reason: string | null }) =>
      `${at}: отозвана, ${isolateDirection(reason ?? "без причины")}`,

    was_restored: ({ at }: Change) => `${at}: возвращена`,

    /** Under the picture of the last days. */
    days: ({ number, days, checks, zone }: {
      number: number;
      days: number;
      checks: number;
      /** By whose midnight days begin. */
      zone: string;
    }) =>
      `Карта №\u00a0${number}, проверки за ${writeDays(days)}: ${writeChecks(checks)}\n` +
      `Дни начинаются в 00:00 ${zone}`,
  },
  /** Plain: how the picture of days is called. */
  files: { days: (number: number): string => `проверки-${number}.png` },
} satisfies AtLeastWordsOf<typeof cardHistoryFlow>;

/** Names of what can be corrected, by the names of facts. */
const parts = {
  name: "название",
  description: "описание",
  original: "фото",
  packaged: "фото в упаковке",
} satisfies Record<CardPart, string>;
const partsByName = new Map<string, string>(Object.entries(parts));
