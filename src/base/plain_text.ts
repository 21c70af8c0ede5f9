/** Text for a terminal or a log, in which nothing steers who reads it: what does is spelled out. */

/** Control characters (C0, DEL, C1), what turns the direction of text, ends of lines, half letters. */
const STEERING = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** One line, as JSON spells such characters ("\u001b"): a line of JSON means the same still. */
export function plainLine(text: string): string {
  return text.replace(STEERING, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The same for text whose ends of lines are meant. */
export function plainText(text: string): string {
  return text.split("\n").map(plainLine).join("\n");
}
