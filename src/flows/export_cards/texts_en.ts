import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  labels: {
    export: "Export",
  },
  captions: {
    cards_table: () =>
      "Your cards: a table for Excel and the like. It contains the codes: keep it safe.",

    scans_table: () => "The checks of your cards, without the names of those who checked.",
  },
  /** Plain: what stands in tables. */
  tables: {
    cards: [
      ...["Number", "Name", "Description", "Edition", "Editions", "Code", "Issued", "Changed"],
      ...["Status", "Reason for withdrawal", "Checks", "People", "First check"],
    ],
    scans: ["Card", "Name", "Check", "People by then", "Time", "Status of the card"],
    active: "active",
    withdrawn: "withdrawn",
  },
};
