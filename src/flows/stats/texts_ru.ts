import type { statsFlow } from "../../../machines/flows/stats.ts";
import type { CheckCounts, NumberedCard } from "../issue_card/caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import { cards, checks as writeChecks, formatNumber, people } from "../../locales/ru_counts.ts";

export const ru = {
  labels: {
    stats: "Статистика",
  },
  captions: {
    stats: (
      stats: CheckCounts & {
        cards: number;
        active: number;
        today: number;
        last_7_days: number;
        /** By whose midnight days begin. */
        zone: string;
        /** Lines of `stats_line`. */
        top: readonly string[];
      },
    ) =>
      "<b>Статистика</b>\n\n" +
      `Всего ${cards(stats.cards)}, действующих: ${formatNumber(stats.active)}\n` +
      `Проверок: ${formatNumber(stats.checks)}\n` +
      `Проверяли: ${people(stats.people)}\n` +
      `Сегодня (с 00:00 ${stats.zone}): ${writeChecks(stats.today)}\n` +
      `За 7 дней: ${writeChecks(stats.last_7_days)}` +
      (stats.top.length === 0 ? "" : `\n\n<b>Чаще всего проверяют</b>\n${stats.top.join("\n")}`),

    stats_line: ({ number, name, checks }: NumberedCard & { checks: number }) =>
      `№\u00a0${number} ${isolateDirection(name)} — ${writeChecks(checks)}`,
  },
} satisfies AtLeastWordsOf<typeof statsFlow>;
