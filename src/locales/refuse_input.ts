/** What to answer to an input that does not fit: what was wrong, then what would fit. */
import { kinds as en } from "./en_kinds.ts";
import type { FlowWords, RefusalWords } from "./flow_words.ts";
import type { Locale } from "./locales.ts";
import { kinds as ru } from "./ru_kinds.ts";

const kinds = { ru, en } satisfies Readonly<Record<Locale, unknown>>;

/** As `InputRefused` has them: what came, what is waited for, what was wrong with it. */
export interface RefusedInput {
  kind: string;
  expected: string;
  reason: string | null;
}

/** What is waited for where nothing else is. */
const USUAL = "code";

/**
 * What to say, out of the hints and refusals of all flows: the words of the flow that waits for
 * this input come before those of others.
 */
export function refuseInput(
  locale: Locale,
  words: readonly FlowWords[],
): (refused: RefusedInput) => string {
  const hints = words.map(({ hints }) => hints);
  return (refused) => {
    const wrong = wrongIn(refused, locale, words);
    if (typeof wrong !== "string") return wrong.alone;
    const hint = firstOf(hints, refused.expected, USUAL) ?? "";
    return [wrong, hint].filter((sentence) => sentence !== "").join(" ");
  };
}

function wrongIn(
  { kind, expected, reason }: RefusedInput,
  locale: Locale,
  words: readonly FlowWords[],
): RefusalWords {
  const waiting = words.filter(({ hints = {} }) => Object.hasOwn(hints, expected));
  const refusals = [...waiting, ...words].map(({ refusals }) => refusals);
  if (reason !== null) return firstOf(refusals, `${expected}:${reason}`, reason) ?? "";
  return firstOf(refusals, `${expected}:${kind}`) ?? firstOf([kinds[locale]], kind, "unknown") ??
    "";
}

/** What stands under the first of these keys that some group has. */
function firstOf<Word>(
  groups: readonly (Readonly<Record<string, Word>> | undefined)[],
  ...keys: string[]
): Word | undefined {
  for (const key of keys) {
    const group = groups.find((group = {}) => Object.hasOwn(group, key));
    if (group !== undefined) return group[key];
  }
  return undefined;
}
