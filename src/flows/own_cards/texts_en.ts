import { corrected, ofBatch, ofMaker } from "../issue_card/phrases_en.ts";
import {
  byPeople,
  checks as writeChecks,
  formatNumber,
  people,
  times,
} from "../../locales/en_counts.ts";
import { isolateDirection } from "../../locales/isolate_direction.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  notes: {
    own_card_missing: "There is no such card among yours",
  },
  labels: {
    list: "My cards",
    previous: "◀",
    next: "▶",
    active: "Active",
    withdrawn: "Withdrawn",
  },
  captions: {
    qr: ({ code }) =>
      `<code>${code}</code>\n\nPrint the QR code with this code on the package. Please do not ` +
      "forward them: whoever knows the code can copy it.",

    own: (card) =>
      `Card No.\u00a0${card.number}${ofBatch(card)}\n<b>${card.name}</b>\n\n` +
      `${card.description}\n\n` +
      corrected(card) +
      (card.active ? "" : `⛔️ Withdrawn: ${isolateDirection(card.reason ?? "no reason given")}\n`) +
      (card.checks === 0
        ? "Not checked yet."
        : `Checked ${times(card.checks)} by ${byPeople(card.people)}${ofMaker(card)}.`),

    list: ({ active, total, page, pages, lines, query }) => {
      const title = `<b>${active ? "My cards" : "Withdrawn cards"}</b>` +
        (query === "" ? "" : `, search for “${isolateDirection(query)}”`);
      if (lines.length === 0 && query !== "") return `${title}\n\nNothing found.`;
      if (lines.length === 0) {
        return `${title}\n\nThere are no ${active ? "active" : "withdrawn"} cards.`;
      }
      const place = pages > 1 ? `, page ${page} of ${pages}` : "";
      return `${title}: ${formatNumber(total)}${place}\n\n${lines.join("\n")}`;
    },

    list_line: ({ number, name, edition, checks, people: checkers, by_maker }) =>
      `No.\u00a0${number} ${isolateDirection(name)}` +
      (edition === null ? "" : `, ${edition.edition} of ${edition.editions}`) + " — " +
      (checks === 0
        ? "not checked yet"
        : `${writeChecks(checks)}, ${people(checkers)}${ofMaker({ by_maker })}`),
  },
  files: { qr: (number) => `qr-code-${number}.png` },
  /** Plain: on a card's button in a list. */
  card_label: (number) => `No.\u00a0${number}`,
};
