import type { statsFlow } from "../../../machines/flows/stats.ts";
import type { Counts, Named } from "../issue_card/caption_face.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { isolated } from "../../locales/isolated.ts";
import { cards, checks as writeChecks, people, written } from "../../locales/ru_counts.ts";

export const ru = {
  labels: {
    stats: "Статистика",
  },
  captions: {
    stats: (
      stats: Counts & {
        cards: number;
        active: number;
        today: number;
        last_7_days: number;
        /** Lines of `stats_line`. */
        top: readonly string[];
      },
    ) =>
      "<b>Статистика</b>\n\n" +
      `Всего ${cards(stats.cards)}, действующих: ${written(stats.active)}\n` +
      `Проверок: ${written(stats.checks)}\n` +
      `Проверяли: ${people(stats.people)}\n` +
      `Сегодня: ${writeChecks(stats.today)}\n` +
      `За 7 дней: ${writeChecks(stats.last_7_days)}` +
      (stats.top.length === 0 ? "" : `\n\n<b>Чаще всего проверяют</b>\n${stats.top.join("\n")}`),

    stats_line: ({ number, name, checks }: Named & { checks: number }) =>
      `№\u00a0${number} ${isolated(name)} — ${writeChecks(checks)}`,
  },
} satisfies AtLeastWordsOf<typeof statsFlow>;
