/** A card as everybody may see it, by its public number: works everywhere, and counts as no check. */
import { setup } from "xstate";
import { CardNumber, ShareKey } from "../../events/card.ts";
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
        const [digits = "", key] = payload.split("_", 2);
        const number = CardNumber.safeParse(/^\d{1,9}$/.test(digits) ? Number(digits) : 0);
        if (!number.success) return undefined;
        const given = ShareKey.safeParse(key);
        const opened = { type: "SharedCardOpened", number: number.data } as const;
        return given.success ? { ...opened, key: given.data } : opened;
      },
    },
  },
});
