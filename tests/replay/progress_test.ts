import { assertEquals } from "@std/assert";
import { beside, cut, openColours, wrap } from "../../src/replay/cli/paint.ts";
import { openProgressBar, progressLine } from "../../src/replay/cli/progress_bar.ts";

Deno.test("progress shows share, rate and the time that is left", () => {
  const line = (done: number, total: number, ms: number) => progressLine(done, total, ms).slice(25);
  assertEquals(line(0, 100, 0), "0 %  0/s");
  assertEquals(line(250, 1_000, 1_000), "25 %  250/s  3 s left");
  assertEquals(line(1_000, 1_000_000, 1_000), "0 %  1,000/s  17 min left");
  assertEquals(line(1_000, 10_000_000, 1_000), "0 %  1,000/s  2.8 h left");
  assertEquals(progressLine(1, 2, 1).slice(0, 24), "█".repeat(12) + "░".repeat(12));
});

Deno.test("progress is drawn now and then, and wiped away at the end", () => {
  let at = 0;
  const written: string[] = [];
  const bar = openProgressBar((text) => written.push(text), () => at);
  bar.show(1, 10);
  bar.show(2, 10);
  at = 200;
  bar.show(3, 10);
  bar.show(10, 10);
  bar.wipe();
  const full = (text: string) => text.match(/█/g)?.length ?? 0;
  assertEquals(written.map(full), [2, 7, 0]);
  assertEquals(written.at(-1), "\r\x1b[K");
});

Deno.test("long lines are wrapped at spaces and commas, and else cut", () => {
  assertEquals(wrap("one two three four five", 22), ["one two three four", "five"]);
  assertEquals(wrap('{"name":"x","other":"y"}', 22, "  "), ['  {"name":"x",', '  "other":"y"}']);
  assertEquals(wrap("a".repeat(45), 20), ["a".repeat(20), "a".repeat(20), "a".repeat(5)]);
  assertEquals(wrap("a\n\nb", 40), ["a", "", "b"]);
  assertEquals([cut("abc", 3), cut("abcd", 3)], ["abc", "ab…"]);
});

Deno.test("letters of two columns count as two, and are not broken", () => {
  assertEquals(wrap("✅".repeat(15), 20), ["✅".repeat(10), "✅".repeat(5)]);
  assertEquals(wrap("a👨‍👩‍👧".repeat(7), 20), ["a👨‍👩‍👧".repeat(6) + "a", "👨‍👩‍👧"]);
  assertEquals([cut("✅✅", 4), cut("✅✅", 3), cut("✅✅✅", 4)], ["✅✅", "✅…", "✅…"]);
  assertEquals(beside(["✅ да"], ["ok"], 15), ["✅ да  │ ok"]);
});

Deno.test("letter that is wider than a line ends in some line", () => {
  const heaps = [`e${"\u0903".repeat(1_000)}`, `e${"\u0301".repeat(1_000)}`];
  for (const heap of heaps) assertEquals(wrap(heap, 20).join(""), heap);
});

Deno.test("columns stand side by side, whatever their colours", () => {
  const { paint, show } = openColours(true);
  const red = paint.bad("ab");
  assertEquals(show(red), "\x1b[31mab\x1b[39m");
  assertEquals(openColours(false).paint.bad("ab"), "ab");
  assertEquals(beside([red, "c"], ["d"], 13), [`${red}    │ d`, "c     │"]);
});
