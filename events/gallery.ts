/** Facts of what makers ask about their cards, beside looking at one. */
import { z } from "zod";
import { CardNumber } from "./card.ts";
import { fact } from "./fact.ts";
import { MessageNumber } from "./message.ts";
import { sealed } from "./sensitive.ts";

/** Longest search, in bytes of UTF-8, so that the buttons under what is found can carry it. */
export const QUERY_BYTES_MAX = 46;

/** What is looked for among cards: words of theirs, or a number. */
export const Query = z.string().min(1).refine(
  (query) => new TextEncoder().encode(query).length <= QUERY_BYTES_MAX,
  { error: `Expected at most ${QUERY_BYTES_MAX} bytes` },
);

/** A maker wants labels to print, for a card or for the whole batch that it is of. */
export const LabelsAsked = fact("LabelsAsked", {
  number: CardNumber,
  of: z.enum(["card", "batch"]),
});

/** A maker wants to see the history of a card, day by day. */
export const HistoryAsked = fact("HistoryAsked", { number: CardNumber });

/** A maker wants their cards and the checks of them as tables. */
export const ExportAsked = fact("ExportAsked", {});

/** A maker asked for the statistics. */
export const StatsAsked = fact("StatsAsked", {});

/** A maker began to search among their cards. */
export const SearchBegun = fact("SearchBegun", {});

/** They said what for: a `Query`, sealed with their key; `cut` where it is the beginning of it. */
export const CardsSearched = fact("CardsSearched", {
  query: sealed(z.string().min(1), { for: "self", when: "heard" }),
  cut: z.literal(true).exactOptional(),
  message: MessageNumber.exactOptional(),
});
