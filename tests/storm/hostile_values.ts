/** What somebody who means harm puts in the place of a value. */

const MEGABYTE = 2 ** 20;

/** Texts that a database, a phone, a terminal or a program may stumble over. */
export const hostile_texts: readonly [string, ...string[]] = [
  "\0",
  "a\0b",
  "\uD800",
  "a\uDC00b\uD83D",
  "\u202Eтскет\u2066",
  "\uFFFF\uFFFE\u{10FFFF}",
  "__proto__",
  "constructor",
  "NaN",
  "-1",
  "1e309",
  "9".repeat(400),
  "<script>alert(1)</script></b>&amp;",
  "'; drop table events; --",
  "%s%n%00%2e%2e/../../etc/passwd",
  "\x1b[2J\x1b]0;title\x07",
  "\r\nX-Header: 1",
  "{{constructor.constructor('return this')()}}",
  "\u200B\u00AD\uFEFF",
  "",
  " ".repeat(5_000),
  "🍄".repeat(3_000),
  "e" + "\u0301".repeat(2_000),
];

/** Half a character in the middle, and NUL at the end. */
export const megabyte = "Ж".repeat(MEGABYTE / 2) + "\uD800" + "\0";

/** A list in a list in a list, deeper than any program calls itself. */
export function nested(depth: number): unknown {
  let value: unknown = "\uD800\0";
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { text: value };
  return value;
}

/** What is no text, in the place of anything. */
export const hostile_others: readonly [unknown, ...unknown[]] = [
  null,
  true,
  [],
  {},
  0,
  -1,
  1.5,
  2 ** 53,
  -(2 ** 63),
  1e308,
  JSON.parse('{"__proto__":{"id":1},"constructor":{"prototype":{}}}'),
  [null, [null], "\0"],
];

/** What is no update, or has no id to be confirmed by. */
export const no_updates: readonly [unknown, ...unknown[]] = [
  null,
  7,
  "\uD800",
  [],
  { update_id: -1 },
  { update_id: 1.5 },
  { update_id: 2 ** 53 },
  { update_id: 1e308, message: { text: "\0" } },
  { update_id: "12" },
  { update_id: null },
  { update_id: [[1]] },
  { update_id: { valueOf: 1 } },
];
