/** A maker searches among their own cards, by words or by number. */
import { setup } from "xstate";
import { z } from "zod";
import { readCodes } from "../../events/code.ts";
import { QUERY_BYTES_MAX } from "../../events/gallery.ts";
import { sealed } from "../../events/sensitive.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import {
  forMakers,
  type HearResult,
  type InputContext,
  isBlank,
  onTap,
} from "../flow/input_context.ts";
import { withMessage, wordsOf } from "../flow/input.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { clearWizard } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";
import { cancellable } from "./cancel.ts";
import type { words as homeWords } from "./home.ts";

const words = defineWords({ texts: { ask_query: {} }, labels: ["search"], expects: ["query"] });

export const search = defineButton("search", {});

/** Show those of the person's own cards that a search finds; `query` is sealed with their key. */
export const showFound = defineSend("showFound", {
  query: sealed(z.string(), { for: "self" }),
  cut: z.literal(true).exactOptional(),
});

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words | typeof homeWords>,
  actions: actionsOf(...kitEffects, showFound),
  guards: kitGuards,
});

const searching = createStateConfig({
  meta: { expects: "query", hears: forMakers(hearQuery) },
  entry: { type: "say", params: words.say("ask_query", {}, cancellable) },
  on: {
    CardsSearched: {
      target: "#flow.idle",
      actions: [
        clearWizard,
        {
          type: "showFound",
          params: ({ event: { query, cut } }) => ({ query, ...cut && { cut } }),
        },
      ],
    },
  },
});

/** A card's code is no search: a person who sends one wants it checked. */
function hearQuery({ input }: InputContext<unknown>): HearResult<"empty" | "too_long", "query"> {
  const words = wordsOf(input);
  if (words === undefined) return undefined;
  const read = readCodes([words, ...input.kind === "text" ? input.links ?? [] : []]);
  if (read && "codes" in read) return undefined;
  if (isBlank(words)) return { refused: "empty" };
  const line = words.normalize("NFC").replace(/\s+/gu, " ").trim();
  const query = cutQuery(line);
  if (query === "") return { refused: "too_long" };
  const cut = query !== line && { cut: true } as const;
  return { type: "CardsSearched", query, ...cut, ...withMessage(input) };
}

/** No longer than buttons can carry. */
function cutQuery(line: string): string {
  const bytes = new TextEncoder();
  let [query, size] = ["", 0];
  for (const { segment } of new Intl.Segmenter("ru").segment(line)) {
    size += bytes.encode(segment).length;
    if (size > QUERY_BYTES_MAX) break;
    query += segment;
  }
  return query.trim();
}

export const searchCardsFlow = defineFlow({
  name: "search_cards",
  words,
  buttons: [search],
  effects: [showFound],
  states: { searching },
  wizards: {
    // It remembers nothing: what its hint waits for tells that it is open.
    searching: { isOpen: (_, expected) => expected === "query", left: null, loses: false },
  },
  interrupts: {
    announced_if_lost: createStateConfig({
      on: { SearchBegun: { target: "#flow.searching", reenter: true } },
    }),
  },
  everywhere: { taps: [onTap(search, forMakers(() => ({ type: "SearchBegun" })))] },
});
