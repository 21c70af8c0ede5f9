import type { CardPart } from "../../../events/correction.ts";
import { checks as writeChecks, days as writeDays } from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  labels: {
    history: "History",
  },
  captions: {
    history: ({ number, name, lines, page, pages }) =>
      `<b>History of card No.\u00a0${number}</b>` +
      (pages > 1 ? `, page ${page} of ${pages}` : "") +
      `\n${name}\n\n${lines.join("\n")}`,

    was_issued: ({ at }) => `${at}: issued`,

    was_corrected: ({ at, what }) =>
      `${at}: corrected ${what.map((part) => partsByName.get(part) ?? part).join(", ")}`,

    was_withdrawn: ({ at, reason }) =>
      `${at}: withdrawn, ${isolateDirection(reason ?? "no reason given")}`,

    was_restored: ({ at }) => `${at}: restored`,

    days: ({ number, days, checks, zone }) =>
      `Card No.\u00a0${number}, checks in the last ${writeDays(days)}: ${writeChecks(checks)}\n` +
      `Days begin at 00:00 ${zone}`,
  },
  files: { days: (number) => `checks-${number}.png` },
};

/** Names of what can be corrected, by the names of facts. */
const parts = {
  name: "name",
  description: "description",
  original: "photo",
  packaged: "photo in its package",
} satisfies Record<CardPart, string>;
const partsByName = new Map<string, string>(Object.entries(parts));
