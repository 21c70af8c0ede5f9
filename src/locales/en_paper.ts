/** What goes onto paper and into tables, and what is told of a card's history. */
import { checks as writeChecks, days as writeDays, labels as writeLabels } from "./en_counts.ts";
import { isolated } from "./isolated.ts";
import type { Catalogue } from "./ru.ts";

/** Names of what can be corrected, by the names of facts. */
const parts: ReadonlyMap<string, string> = new Map([
  ["name", "name"],
  ["description", "description"],
  ["original", "photo"],
  ["packaged", "photo in its package"],
]);

export const paper: Catalogue["paper"] = {
  label_title: ({ number, edition }) =>
    `No.\u00a0${number}` + (edition ? ` · ${edition.edition} of ${edition.editions}` : ""),
  labels: ({ count }) =>
    `${
      writeLabels(count)
    } with QR codes. Print on A4 sheets without margins, at 100 %: 24 labels ` +
    "of 70 × 37 mm to a sheet.",

  cards_table: () =>
    "Your cards: a table for Excel and the like. It contains the codes: keep it safe.",
  scans_table: () => "The checks of your cards, without the names of those who checked.",

  history: ({ number, name, lines }) =>
    `<b>History of card No.\u00a0${number}</b>\n${name}\n\n${lines.join("\n")}`,
  was_issued: ({ at }) => `${at}: issued`,
  was_corrected: ({ at, what }) =>
    `${at}: corrected ${what.map((part) => parts.get(part) ?? part).join(", ")}`,
  was_withdrawn: ({ at, reason }) => `${at}: withdrawn, ${isolated(reason ?? "no reason given")}`,
  was_restored: ({ at }) => `${at}: restored`,
  and_earlier: () => "…",
  days: ({ number, days, checks }) =>
    `Card No.\u00a0${number}, checks in the last ${writeDays(days)}: ${writeChecks(checks)}`,
};

/** Plain: what stands in tables. */
export const tables: Catalogue["tables"] = {
  cards: [
    ...["Number", "Name", "Description", "Edition", "Editions", "Code", "Issued", "Changed"],
    ...["Status", "Reason for withdrawal", "Checks", "People", "First check"],
  ],
  scans: ["Card", "Name", "Check", "People by then", "Time", "Status of the card"],
  active: "active",
  withdrawn: "withdrawn",
};
