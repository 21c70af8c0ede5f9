import { labels as writeLabels } from "../../locales/en_counts.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  labels: {
    labels: "Label",
    batch_labels: "Labels of the batch",
  },
  captions: {
    label_title: ({ number, edition }) =>
      `No.\u00a0${number}` + (edition ? ` · ${edition.edition} of ${edition.editions}` : ""),

    label_cut: () => "the name is not printed in full",

    labels: ({ count }) =>
      `${writeLabels(count)} with QR codes. Print on A4 sheets without margins, at 100 %: 24 ` +
      "labels of 70 × 37 mm to a sheet.",

    labels_refused: () =>
      "⚠️ The file with the labels could not be sent: Telegram did not take it. Please try again " +
      "later. The QR code and the code of each card are in “My cards” as well.",
  },
  files: { labels: (number) => `labels-${number}.pdf` },
};
