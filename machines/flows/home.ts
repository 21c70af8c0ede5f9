/** Greeting and help, and what is said where an input fits nothing: works everywhere. */
import { setup } from "xstate";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf } from "../flow/effect.ts";
import type { RecordedFact } from "../flow/recorded_fact.ts";
import { kitWords } from "../flow/kit_words.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { WIZARD } from "../flow/wizard.ts";
import { defineWords } from "../flow/words.ts";

export const words = defineWords({
  texts: {
    ...kitWords.texts,
    welcome: {},
    help: {},
  },
  notes: ["button_outdated"],
  refusals: ["too_long", "empty"],
});

const guards = {
  isTap: ({ event }: { event: RecordedFact }) =>
    event.type === "InputRefused" && event.kind === "tap",
};

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(...kitEffects),
  guards: { ...kitGuards, ...guards },
});

export const homeFlow = defineFlow({
  name: "home",
  words,
  commands: { start: { for: "everybody", place: 10 }, help: { for: "everybody", place: 20 } },
  guards,
  interrupts: {
    announced: createStateConfig({ on: { Started: "#flow.idle", HelpAsked: "#flow.idle" } }),
  },
  beside: createStateConfig({
    on: {
      Started: { actions: { type: "say", params: words.say("welcome", {}) } },
      HelpAsked: { actions: { type: "say", params: words.say("help", {}) } },
      InputRefused: [
        { guard: "isTap", actions: { type: "toast", params: words.note("button_outdated") } },
        // Beside a wizard, the hint is cleared away together with the wizard's own questions.
        {
          guard: "isAmidQuestions",
          actions: {
            type: "say",
            params: ({ event: { kind, expected, reason } }) =>
              kitWords.say("input_refused", { kind, expected, reason }, { slot: WIZARD }),
          },
        },
        {
          actions: {
            type: "say",
            params: ({ event: { kind, expected, reason } }) =>
              kitWords.say("input_refused", { kind, expected, reason }),
          },
        },
      ],
    },
  }),
  everywhere: {
    commands: { help: () => ({ type: "HelpAsked" }) },
    starts: { "": () => ({ type: "Started" }) },
  },
});
