/** A maker asks for the statistics: answered at once, beside every flow. */
import { setup } from "xstate";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf, defineSend } from "../flow/effect.ts";
import { forMakers, onTap } from "../flow/input_context.ts";
import { defineWords } from "../flow/words.ts";

const words = defineWords({ texts: {}, labels: ["stats"] });

export const askStats = defineButton("stats", {});

/** Show the statistics. */
export const showStats = defineSend("showStats", {});

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(showStats),
  guards: kitGuards,
});

export const statsFlow = defineFlow({
  name: "stats",
  words,
  buttons: [askStats],
  effects: [showStats],
  beside: createStateConfig({
    on: { StatsAsked: { actions: { type: "showStats", params: {} } } },
  }),
  everywhere: { taps: [onTap(askStats, forMakers(() => ({ type: "StatsAsked" })))] },
});
