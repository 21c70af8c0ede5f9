import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  labels: {
    export: "Export",
  },
  captions: {
    cards_table: () =>
      "Your cards: a table for Excel and the like. It contains the codes: keep it safe.",

    scans_table: () => "The checks of your cards, without the names of those who checked.",

    cards_table_refused: () =>
      "⚠️ The table of your cards could not be sent: Telegram did not take it. Please try again " +
      "later.",

    scans_table_refused: () =>
      "⚠️ The table of the checks could not be sent: Telegram did not take it. Please try again " +
      "later.",
  },
  /** Plain: what stands in tables. */
  tables: {
    cards: [
      ...["Number", "Name", "Description", "Edition", "Editions", "Code", "Issued", "Changed"],
      ...["Status", "Reason for withdrawal", "Checks", "People", "First check"],
    ],
    scans: ["Card", "Name", "Check", "People by then", "Time", "Status of the card"],
    times: ["Issued", "Changed", "First check", "Time"],
    active: "active",
    withdrawn: "withdrawn",
  },
};
