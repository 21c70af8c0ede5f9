// Frozen as it was when dialogue/1 was released: its successors are compared with it.
/** In which language the bot speaks: asked and chosen at any time, beside every flow. */
import { Language } from "../../../events/language.ts";
import type { Button } from "./effects.ts";
import type { Heard, Hearing } from "./input.ts";

const buttons: readonly (readonly Button[])[] = [[
  { label: "language_ru", action: { do: "speak", language: "ru" } },
  { label: "language_en", action: { do: "speak", language: "en" } },
]];

export const languageOn = {
  LanguageAsked: { actions: { type: "say", params: { text: "ask_language", buttons } } },
  LanguageChosen: {
    actions: [
      { type: "say", params: { text: "language_chosen" } },
      { type: "showCommands", params: {} },
    ],
  },
} as const;

/** `/language`, `/language en`, or a tap on a language. */
export function hearLanguage({ input }: Hearing): Heard {
  if (input.kind === "tap" && input.action?.do === "speak") {
    return { type: "LanguageChosen", language: input.action.language };
  }
  if (input.kind !== "command" || input.name !== "language") return undefined;
  const named = Language.safeParse(input.argument.toLowerCase());
  return named.success
    ? { type: "LanguageChosen", language: named.data }
    : { type: "LanguageAsked" };
}
