/** Text that a database and a phone both take: no NUL, no half of a character. */
export const cleanText = (text: string): string => text.toWellFormed().replaceAll("\0", "");

/** Deeper than anything that Telegram says. */
const DEPTH_MAX = 64;

/** The same JSON with clean texts only; what lies too deep to be of any use is null. */
export function cleanJson<Value>(value: Value): Value {
  return cleanValue(value, 0) as Value;
}

function cleanValue(value: unknown, depth: number): unknown {
  if (typeof value === "string") return cleanText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEPTH_MAX) return null;
  if (Array.isArray(value)) return value.map((one) => cleanValue(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, cleanValue(one, depth + 1)]),
  );
}

/** The first `max` UTF-16 units of well-formed text, or one less rather than half a character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const splits = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, splits ? max - 1 : max);
}

/** Text of at most `max` UTF-16 units, which shows by "…" that there was more of it. */
export const shortenText = (text: string, max: number): string =>
  text.length <= max ? text : `${cutText(text, max - 1).trimEnd()}…`;
