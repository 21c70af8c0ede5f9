/** The name and the description of a card, as a maker types them. */
import { DESCRIPTION_MAX, NAME_MAX } from "../../events/card.ts";
import { defineFlow } from "../flow/flow.ts";
import { withMessage, wordsOf } from "../flow/input.ts";
import { type HearResult, type InputContext, isBlank } from "../flow/input_context.ts";
import { defineWords } from "../flow/words.ts";
import type { words as photoWords } from "./check_photo.ts";
import type { words as homeWords } from "./home.ts";

export const words = defineWords({ texts: {}, expects: ["name", "description"] });

/** Word keys of flows that gather a card's photos, name and description. */
export type DraftWords = typeof words | typeof photoWords | typeof homeWords;

type Typed = HearResult<"too_long" | "empty", "name" | "description">;

/** Text that came as a name, or why it is none. */
export function hearName({ input }: Pick<InputContext<unknown>, "input">): Typed {
  const words = wordsOf(input);
  if (words === undefined) return undefined;
  const name = shortest(words.replace(/\s+/gu, " ").trim(), NAME_MAX);
  if (name.length > NAME_MAX) return { refused: "too_long", expects: "name" };
  return isBlank(name)
    ? { refused: "empty", expects: "name" }
    : { type: "NameProvided", name, ...withMessage(input) };
}

/** Text that came as a description, or why it is none. */
export function hearDescription({ input }: InputContext<unknown>): Typed {
  const words = wordsOf(input);
  if (words === undefined) return undefined;
  const description = shortest(words.trim(), DESCRIPTION_MAX);
  const expects = "description";
  if (description.length > DESCRIPTION_MAX) return { refused: "too_long", expects };
  return isBlank(description)
    ? { refused: "empty", expects }
    : { type: "DescriptionProvided", description, ...withMessage(input) };
}

/** As typed; with letters put together where it would be too long otherwise. */
export const shortest = (text: string, max: number): string =>
  text.length > max ? text.normalize("NFC") : text;

export const cardWordsFlow = defineFlow({ name: "card_words", words });
