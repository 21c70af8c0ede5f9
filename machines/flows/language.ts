/** In which language the bot speaks: asked and chosen at any time, beside every flow. */
import { setup } from "xstate";
import { Language } from "../../events/language.ts";
import { kitGuards } from "../flow/ask_memory.ts";
import { defineButton } from "../flow/button.ts";
import { defineFlow, type FlowTypes } from "../flow/flow.ts";
import { actionsOf } from "../flow/effect.ts";
import { onTap } from "../flow/input_context.ts";
import { kitEffects } from "../flow/kit_effects.ts";
import { defineWords } from "../flow/words.ts";
import { showCommands } from "./menu.ts";

const words = defineWords({
  texts: { ask_language: {}, language_chosen: {} },
  labels: Language.options.map((language) => `language_${language}` as const),
});

const speak = defineButton("speak", { language: Language });

const buttons = [
  Language.options.map((language) =>
    words.button(`language_${language}`, speak.action({ language }))
  ),
];

const { createStateConfig } = setup({
  types: {} as FlowTypes<unknown, typeof words>,
  actions: actionsOf(...kitEffects, showCommands),
  guards: kitGuards,
});

export const languageFlow = defineFlow({
  name: "language",
  words,
  buttons: [speak],
  commands: { language: { for: "everybody", place: 30 } },
  beside: createStateConfig({
    on: {
      LanguageAsked: {
        actions: { type: "say", params: words.say("ask_language", {}, { buttons }) },
      },
      LanguageChosen: {
        actions: [
          { type: "say", params: words.say("language_chosen", {}) },
          { type: "showCommands", params: {} },
        ],
      },
    },
  }),
  everywhere: {
    commands: {
      language(_, argument) {
        const named = Language.safeParse(argument.toLowerCase());
        return named.success
          ? { type: "LanguageChosen", language: named.data }
          : { type: "LanguageAsked" };
      },
    },
    taps: [onTap(speak, (_, { language }) => ({ type: "LanguageChosen", language }))],
  },
});
