/** Text that a database and a phone both take: no NUL, no half of a character. */
export const cleanText = (text: string): string => text.toWellFormed().replaceAll("\0", "");

/** The first `max` UTF-16 units of well-formed text, or one less rather than half a character. */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const splits = /[\uD800-\uDBFF]/.test(text.charAt(max - 1));
  return text.slice(0, splits ? max - 1 : max);
}

/** Text of at most `max` UTF-16 units, which shows by "…" that there was more of it. */
export const shortenText = (text: string, max: number): string =>
  text.length <= max ? text : `${cutText(text, max - 1).trimEnd()}…`;
