/** A maker prints labels, of one card or of the whole batch that it is of. */
import { setup } from "xstate";
import { z } from "zod";
import { CardId, CardNumber } from "../../events/card.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { defineWords } from "../flow/words.ts";
import { askForOwnCard, findOwnCard, ownCardGuards } from "./own_cards.ts";

const words = defineWords({ texts: {}, labels: ["labels", "batch_labels"] });

export const printLabels = defineButton("labels", { number: CardNumber });
export const printBatchLabels = defineButton("batch_labels", { number: CardNumber });

/** Send labels to print, of one of the person's own cards or of the batch that it is of. */
export const sendLabels = defineSend("sendLabels", { card: CardId, of: z.enum(["card", "batch"]) });

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(findOwnCard, sendLabels),
  guards: ownCardGuards,
});

export const printLabelsFlow = defineFlow({
  name: "print_labels",
  words,
  buttons: [printLabels, printBatchLabels],
  effects: [sendLabels],
  joins: {
    choosing: createStateConfig({
      on: {
        OwnCardFound: [
          {
            guard: { type: "isFoundFor", params: { intent: "labels" } },
            target: "#flow.idle",
            actions: {
              type: "sendLabels",
              params: ({ event: { card } }) => ({ card, of: "card" }),
            },
          },
          {
            guard: { type: "isFoundFor", params: { intent: "batch_labels" } },
            target: "#flow.idle",
            actions: {
              type: "sendLabels",
              params: ({ event: { card } }) => ({ card, of: "batch" }),
            },
          },
        ],
      },
    }),
  },
  interrupts: {
    announced_if_lost: createStateConfig({
      on: { LabelsAsked: askForOwnCard(({ of }) => of === "batch" ? "batch_labels" : "labels") },
    }),
  },
  everywhere: {
    taps: [
      onTap(
        printLabels,
        forMakers((_, { number }) => ({ type: "LabelsAsked", number, of: "card" })),
      ),
      onTap(
        printBatchLabels,
        forMakers((_, { number }) => ({ type: "LabelsAsked", number, of: "batch" })),
      ),
    ],
  },
});
