import type { printLabelsFlow } from "../../../machines/flows/print_labels.ts";
import type { CaptionFields } from "../issue_card/caption_fields.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { labels as writeLabels } from "../../locales/ru_counts.ts";

export const ru = {
  labels: {
    labels: "Этикетка",
    batch_labels: "Этикетки тиража",
  },
  captions: {
    /** Plain: the first line of a label. */
    label_title: ({ number, edition }: Pick<CaptionFields, "number" | "edition">) =>
      `№\u00a0${number}` + (edition ? ` · ${edition.edition} из ${edition.editions}` : ""),

    /** Plain: the last line of a label whose font has not all of the name. */
    label_cut: () => "название напечатано не полностью",

    /** Under the file with labels. */
    labels: ({ count }: { count: number }) =>
      `${writeLabels(count)} с QR-кодом. Печатайте на листах А4 без полей и в масштабе 100 %: 24 ` +
      "этикетки 70 × 37 мм на листе.",

    /** Instead of the file. */
    labels_refused: () =>
      "⚠️ Не получилось отправить файл с этикетками: Telegram его не принял. Попробуйте ещё раз " +
      "позже. QR-код и код каждой карты есть и в «Моих картах».",
  },
  /** Plain: how the file is called. */
  files: { labels: (number: number): string => `этикетки-${number}.pdf` },
} satisfies AtLeastWordsOf<typeof printLabelsFlow>;
