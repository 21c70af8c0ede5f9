import type { issueBatchFlow } from "../../../machines/flows/issue_batch.ts";
import type { AtLeastWordsOf } from "../../locales/flow_words.ts";
import { cards, formatNumber } from "../../locales/ru_counts.ts";

export const ru = {
  texts: {
    ask_copies: () =>
      "<b>Тираж: сколько карт?</b>\n" +
      "Напишите число от 2 до 500. Название, описание и фото у них будут " +
      "общие, а код и номер экземпляра у каждой свои.",
    batch_stopped: ({ done, of }) =>
      `Выпуск тиража остановлен: вы больше не мастер. Выпущено ${formatNumber(done)} из ${
        formatNumber(of)
      }.`,
  },
  notes: {
    batch_awaited: "Тираж ещё выпускается: подождите немного",
  },
  labels: {
    batch: "Тираж",
    another_batch: "Новый тираж",
  },
  hints: {
    copies: "Сейчас жду, сколько карт в тираже: число от 2 до 500. Передумали? /cancel",
  },
  refusals: {
    no_number: "Это не целое число.",
    out_of_range: "Столько карт в тираже быть не может.",
    batch_awaited: { alone: "Тираж ещё выпускается: подождите немного." },
  },
  commands: {
    batch: "Выпустить тираж",
  },
  captions: {
    /** To the maker: the batch is ready; its cards have these numbers. */
    batch: ({ editions, numbers, name, description }: {
      editions: number;
      numbers: readonly { from: number; upto: number }[];
      name: string;
      description: string;
    }) =>
      `Тираж готов: ${cards(editions)}, ${numbers.map(numberRange).join(", ")}\n` +
      `<b>${name}</b>\n\n` +
      description,

    /** Beside an album, which can have no button of its own. */
    batch_controls: () => "Этикетки с кодами можно напечатать сразу все.",

    /** How far a batch has come. */
    progress: ({ done, of }: { done: number; of: number }) =>
      done < of
        ? `Выпускаю тираж: ${formatNumber(done)} из ${formatNumber(of)}…`
        : `Тираж выпущен: ${formatNumber(done)} из ${formatNumber(of)}.`,
  },
} satisfies AtLeastWordsOf<typeof issueBatchFlow>;

function numberRange({ from, upto }: { from: number; upto: number }): string {
  return from === upto ? `№\u00a0${from}` : `№\u00a0${from}–${upto}`;
}
