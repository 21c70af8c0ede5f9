/** The one place where what people wrote becomes part of Telegram's HTML. */

const escapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

/** Shows `text` as it was typed. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => escapes.get(mark) ?? mark);
}
