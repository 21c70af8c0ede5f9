/** Values for every text, as a chart gives them: of the fields that the text's key names. */
import { flows } from "../../machines/dialogue.ts";
import type { TextFields } from "../../machines/flow/words.ts";

type Value = string | number | null;

/** A field as it is told where it fits, by "text.field" or by the field alone. */
const told: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["reference", "K7QX"],
  ["photo_refused.reason", "too_big"],
  ["input_refused.reason", null],
  ["reason", "Украдена"],
  ["number", 7],
  ["name", "Море"],
  ["done", 10],
  ["of", 24],
  ["seconds", 60],
  ["kind", "text"],
  ["expected", "photo"],
]);
/** For any other field: the first that fits. */
const anything: readonly Value[] = ["Море", 7, null];

/** Values of these fields for the text of this key; null for one that takes none. */
export function sampleOf(key: string, fields: TextFields): Readonly<Record<string, Value>> | null {
  const names = Object.keys(fields);
  if (names.length === 0) return null;
  return Object.fromEntries(names.map((name) => {
    const known = [told.get(`${key}.${name}`), told.get(name)].filter((it) => it !== undefined);
    const value = [...known, ...anything].find((it) => fields[name]?.safeParse(it).success);
    if (value === undefined) throw new Error(`No sample fits ${name} of the text ${key}`);
    return [name, value];
  }));
}

/** The order in which texts were recorded; newer ones follow. */
const RECORDED = [
  ...["apology", "taking_longer", "welcome", "help", "cancelled", "nothing_to_cancel"],
  ...["ask_language", "language_chosen", "admin_menu", "admin_refused", "owner_refused"],
  ...["maker_dismissed", "dismissal_learned", "ask_photo", "ask_name", "ask_description"],
  ...["ask_packaged", "name_kept", "description_kept", "photo_refused", "issue_left"],
  ...["ask_copies", "batch_stopped", "ask_part", "ask_new_name", "ask_new_description"],
  ...["ask_new_original", "ask_new_packaged", "card_corrected", "correction_left", "ask_query"],
  ...["ask_reason", "ask_withdrawal", "card_withdrawn", "withdrawal_left", "code_mistyped"],
  ...["code_unknown", "code_no_code", "code_foreign", "code_not_an_image", "code_too_big"],
  ...["code_unavailable", "checking_paused", "checking_resumed", "input_refused"],
];
const place = (key: string): number =>
  RECORDED.includes(key) ? RECORDED.indexOf(key) : RECORDED.length;

const samples = flows.flatMap(({ words }) =>
  Object.entries(words?.texts ?? {}).map(([key, fields]) => ({
    key,
    sample: sampleOf(key, fields),
  }))
);

/** One set of values for each text; null for those that take none. */
export const sampleValues: Readonly<Record<string, Readonly<Record<string, Value>> | null>> = Object
  .fromEntries(
    samples.toSorted((a, b) => place(a.key) - place(b.key))
      .map(({ key, sample }) => [key, sample]),
  );
