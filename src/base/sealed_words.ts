/** Words that may be sealed: what a person typed is, and what they typed before that was so is not. */

/** Opens a token; null where its key is gone. */
export type OpenToken = (token: string) => Promise<string | null>;

/** As `seal` writes one: no shorter than the seal of nothing. */
const TOKEN = /^s1\.[\w-]{38,}$/;

/** Whether words are sealed. */
export const isToken = (words: string): boolean => TOKEN.test(words);

/** All of these words in the clear; null where some are sealed and the key is gone. */
export async function openAll<Words extends Readonly<Record<string, string | null>>>(
  words: Words,
  open: OpenToken,
): Promise<Words | null> {
  const opened = await Promise.all(
    Object.entries(words).map(async ([name, it]) =>
      [name, it !== null && isToken(it) ? await open(it) ?? undefined : it] as const
    ),
  );
  if (opened.some(([, it]) => it === undefined)) return null;
  // The same names, the same kinds of values.
  return Object.fromEntries(opened) as Words;
}

/** The value with all words in it in the clear, but for those whose key is gone. */
export async function openWithin<Value>(value: Value, open: OpenToken): Promise<Value> {
  const tokens = new Set(tokensIn(value));
  if (tokens.size === 0) return value;
  const opened = new Map(
    await Promise.all([...tokens].map(async (token) => [token, await open(token)] as const)),
  );
  return withWords(value, (token) => opened.get(token) ?? token) as Value;
}

function tokensIn(value: unknown): string[] {
  if (typeof value === "string") return isToken(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tokensIn) : [];
}

function withWords(value: unknown, wordsOf: (token: string) => string): unknown {
  if (typeof value === "string") return isToken(value) ? wordsOf(value) : value;
  if (Array.isArray(value)) return value.map((it) => withWords(it, wordsOf));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [name, withWords(it, wordsOf)]),
  );
}
