import { assertEquals, assertMatch, assertNotMatch } from "@std/assert";

/** Asserts that a text ends as sentences do, and that nothing is missing in it. */
export function assertWhole(html: string, where: string): void {
  assertNotMatch(html, /undefined|null|NaN|\[object/, where);
  assertMatch(html, /[.!?»”)>\p{L}\p{N}\u2069]$/u, where);
  assertEquals(html, html.trim(), where);
}
