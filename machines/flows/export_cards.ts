/** A maker takes their cards and the checks of them away as tables. */
import { setup } from "xstate";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { defineWords } from "../flow/words.ts";

const words = defineWords({ texts: {}, labels: ["export"] });

export const askExport = defineButton("export", {});

/** Send the person's own cards and the checks of them as tables. */
export const sendTables = defineSend("sendTables", {});

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(sendTables),
  guards: kitGuards,
});

export const exportCardsFlow = defineFlow({
  name: "export_cards",
  words,
  buttons: [askExport],
  effects: [sendTables],
  beside: createStateConfig({
    on: { ExportAsked: { actions: { type: "sendTables", params: {} } } },
  }),
  everywhere: { taps: [onTap(askExport, forMakers(() => ({ type: "ExportAsked" })))] },
});
