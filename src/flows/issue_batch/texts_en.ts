import { cards, formatNumber } from "../../locales/en_counts.ts";
import type { ru } from "./texts_ru.ts";

export const en: typeof ru = {
  texts: {
    ask_copies: () =>
      "<b>A batch: how many cards?</b>\n" +
      "Type a number from 2 to 500. They will share name, description " +
      "and photos; each has a code and an edition number of its own.",
    batch_stopped: ({ done, of }) =>
      `The batch was stopped: you are no longer a maker. Issued: ${formatNumber(done)} of ` +
      `${formatNumber(of)}.`,
  },
  notes: {
    batch_awaited: "The batch is still being issued: wait a moment",
  },
  labels: {
    batch: "Batch",
    another_batch: "New batch",
  },
  hints: {
    copies: "I am waiting for the size of the batch: a number from 2 to 500. To stop: /cancel",
  },
  refusals: {
    no_number: "That is not a whole number.",
    out_of_range: "A batch cannot have that many cards.",
    batch_awaited: { alone: "The batch is still being issued: wait a moment." },
  },
  commands: {
    batch: "Issue a batch",
  },
  captions: {
    batch: ({ editions, numbers, name, description }) =>
      `The batch is ready: ${cards(editions)}, ${numbers.map(numberRange).join(", ")}\n` +
      `<b>${name}</b>\n\n${description}`,

    batch_controls: () => "You can print the labels with the codes all at once.",

    progress: ({ done, of }) =>
      done < of
        ? `Issuing the batch: ${formatNumber(done)} of ${formatNumber(of)}…`
        : `The batch is issued: ${formatNumber(done)} of ${formatNumber(of)}.`,
  },
};

function numberRange({ from, upto }: { from: number; upto: number }): string {
  return from === upto ? `No.\u00a0${from}` : `No.\u00a0${from}–${upto}`;
}
