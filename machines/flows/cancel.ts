/** Cancelling: ends any wizard, everywhere. */
import { setup } from "xstate";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf } from "../flow/effect.ts";
import { type HearResult, type InputContext, onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { WIZARD } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";
import { makersRows } from "./menu.ts";

const words = defineWords({ texts: { cancelled: {}, nothing_to_cancel: {} }, labels: ["cancel"] });

const cancelIt = defineButton("cancel", {});

/** The row that a wizard's questions end with. */
export const cancelRow = [words.button("cancel", cancelIt.action({}))];

/** Options of `say` for a wizard's question whose only button cancels. */
export const cancellable = { slot: WIZARD, buttons: [cancelRow] };

/** A maker's menu, offered where something else has ended. */
const offering = { buttons: makersRows };

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(...kitEffects),
  guards: kitGuards,
});

const hearCancel = ({ admin }: InputContext<unknown>): HearResult => ({
  type: admin ? "CancelledByMaker" : "Cancelled",
});

export const cancelFlow = defineFlow({
  name: "cancel",
  words,
  buttons: [cancelIt],
  commands: { cancel: { for: "everybody", place: 90 } },
  idle: createStateConfig({
    on: {
      Cancelled: { actions: { type: "say", params: words.say("nothing_to_cancel", {}) } },
      CancelledByMaker: {
        actions: { type: "say", params: words.say("nothing_to_cancel", {}, offering) },
      },
    },
  }),
  interrupts: {
    silent: createStateConfig({
      on: {
        Cancelled: {
          target: "#flow.idle",
          actions: { type: "say", params: words.say("cancelled", {}) },
        },
        CancelledByMaker: {
          target: "#flow.idle",
          actions: { type: "say", params: words.say("cancelled", {}, offering) },
        },
      },
    }),
  },
  everywhere: {
    commands: { cancel: hearCancel },
    taps: [onTap(cancelIt, hearCancel)],
  },
});
