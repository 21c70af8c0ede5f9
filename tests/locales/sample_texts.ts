/** Every text of the catalogue, told with values as a chart gives them. */
import { ru } from "../../src/locales/ru.ts";

type Texts = typeof ru.texts;

/** One set of values for each text that takes some. */
export const sampleValues: {
  [Key in keyof Texts]: Parameters<Texts[Key]> extends [infer Values] ? Values : null;
} = {
  apology: { reference: "K7QX" },
  taking_longer: null,
  welcome: null,
  help: null,
  cancelled: null,
  nothing_to_cancel: null,
  ask_language: null,
  language_chosen: null,
  admin_menu: null,
  admin_refused: null,
  owner_refused: null,
  maker_dismissed: null,
  dismissal_learned: null,
  ask_photo: null,
  ask_name: null,
  ask_description: null,
  ask_packaged: null,
  name_kept: null,
  description_kept: null,
  photo_refused: { reason: "too_big" },
  issue_left: null,
  ask_copies: null,
  batch_stopped: { done: 10, of: 24 },
  ask_part: { number: 7, name: "Море" },
  ask_new_name: null,
  ask_new_description: null,
  ask_new_original: null,
  ask_new_packaged: null,
  card_corrected: null,
  correction_left: null,
  ask_query: null,
  ask_reason: { number: 7, name: "Море" },
  ask_withdrawal: { number: 7, name: "Море", reason: "Украдена" },
  card_withdrawn: { number: 7, name: "Море" },
  withdrawal_left: null,
  code_mistyped: null,
  code_unknown: null,
  code_no_code: null,
  code_foreign: null,
  code_not_an_image: null,
  code_too_big: null,
  code_unavailable: null,
  checking_paused: { seconds: 60 },
  checking_resumed: null,
  input_refused: { kind: "text", expected: "photo", reason: null },
};

export function sampleTexts(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ru.texts).map(([key, text]) => {
      // The table above is typed by the texts themselves.
      const tell: (values: never) => string = text;
      return [key, tell(sampleValues[key as keyof Texts] as never)];
    }),
  );
}
