import { assertEquals } from "@std/assert";
import { isMet, type Line, median, ratioOf, tableOf, type Target } from "./figures.ts";

const line = (of: Target["of"], is: Target["is"], limit: number): Line => ({
  what: "figure",
  ours: [6, 1, 2],
  grammy: [4, 4, 1],
  target: { of, is, limit },
});

Deno.test("median is the one in the middle, or the mean of the two there", () => {
  assertEquals(median([9, 1, 2]), 2);
  assertEquals(median([9, 1, 2, 4]), 3);
  assertEquals(median([]), NaN);
});

Deno.test("ratio is that of the medians", () => {
  assertEquals(ratioOf({ what: "figure", ours: [6, 1, 2], grammy: [4, 4, 1] }), 0.5);
});

Deno.test("target is met at its very limit, and not beyond", () => {
  assertEquals(isMet(line("ratio", "at least", 0.5)), true);
  assertEquals(isMet(line("ratio", "at least", 0.51)), false);
  assertEquals(isMet(line("ratio", "at most", 0.5)), true);
  assertEquals(isMet(line("ratio", "at most", 0.49)), false);
  assertEquals(isMet(line("value", "at most", 2)), true);
  assertEquals(isMet(line("value", "at most", 1.9)), false);
  assertEquals(isMet({ what: "figure", ours: [1] }), null);
});

Deno.test("table shows what was not measured as a dash, and marks what is missed", () => {
  const [title, , row] = tableOf("Title:", [line("value", "at most", 1)]);
  assertEquals(title, "Title:");
  assertEquals(row?.split(/\s{2,}/), ["", "figure", "2.00", "4.00", "–", "0.50", "≤ 1 ✗"]);
});
