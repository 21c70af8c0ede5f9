import { cards, checks as writeChecks, formatNumber, people } from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  labels: {
    stats: "Statistics",
  },
  captions: {
    stats: (stats) =>
      "<b>Statistics</b>\n\n" +
      `${cards(stats.cards)} in all, active: ${formatNumber(stats.active)}\n` +
      `Checks: ${formatNumber(stats.checks)}\n` +
      `Checked by: ${people(stats.people)}\n` +
      `Today (since 00:00 ${stats.zone}): ${writeChecks(stats.today)}\n` +
      `Last 7 days: ${writeChecks(stats.last_7_days)}` +
      (stats.top.length === 0 ? "" : `\n\n<b>Checked most often</b>\n${stats.top.join("\n")}`),

    stats_line: ({ number, name, checks }) =>
      `No.\u00a0${number} ${isolateDirection(name)} — ${writeChecks(checks)}`,
  },
};
