/** The history of a maker's card: every change, and the checks day by day. */
import { setup } from "xstate";
import { CardId, CardNumber } from "../../events/card.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { defineWords } from "../flow/words.ts";
import { askForOwnCard, findOwnCard, ownCardGuards } from "./own_cards.ts";

const words = defineWords({ texts: {}, labels: ["history"] });

export const askHistory = defineButton("history", { number: CardNumber });

/** Show the history of one of the person's own cards. */
export const showHistory = defineSend("showHistory", { card: CardId });

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(findOwnCard, showHistory),
  guards: ownCardGuards,
});

export const cardHistoryFlow = defineFlow({
  name: "card_history",
  words,
  buttons: [askHistory],
  effects: [showHistory],
  joins: {
    choosing: createStateConfig({
      on: {
        OwnCardFound: {
          guard: { type: "isFoundFor", params: { intent: "history" } },
          target: "#flow.idle",
          actions: { type: "showHistory", params: ({ event: { card } }) => ({ card }) },
        },
      },
    }),
  },
  interrupts: {
    announced_if_lost: createStateConfig({ on: { HistoryAsked: askForOwnCard(() => "history") } }),
  },
  everywhere: {
    taps: [onTap(askHistory, forMakers((_, { number }) => ({ type: "HistoryAsked", number })))],
  },
});
