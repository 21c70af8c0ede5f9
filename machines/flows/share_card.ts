/** A card as everybody may see it, by its public number: works everywhere, and counts as no check. */
import { setup } from "xstate";
import { CardNumber } from "../../events/card.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import { defineWords } from "../flow/words.ts";

const words = defineWords({ texts: {}, labels: ["share", "share_link", "open"] });

/** Show a card by its public number, without its code. */
export const showShared = defineSend("showShared", { number: CardNumber });

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(showShared),
  guards: kitGuards,
});

export const shareCardFlow = defineFlow({
  name: "share_card",
  words,
  effects: [showShared],
  interrupts: { announced: createStateConfig({ on: { SharedCardOpened: "#flow.idle" } }) },
  beside: createStateConfig({
    on: {
      SharedCardOpened: {
        actions: { type: "showShared", params: ({ event: { number } }) => ({ number }) },
      },
    },
  }),
  everywhere: {
    starts: {
      c(_, payload) {
        const number = CardNumber.safeParse(/^\d{1,9}$/.test(payload) ? Number(payload) : 0);
        return number.success ? { type: "SharedCardOpened", number: number.data } : undefined;
      },
    },
  },
});
