import { assertEquals } from "@std/assert";
import { linesOfWords } from "../../src/cards/lines_of_words.ts";

/** Every letter is one wide. */
const measure = (text: string) => [...text].length;
const seen = (text: string, width = 100, lines = 5) =>
  linesOfWords(text, { width, lines, measure }).map(({ parts, leans }) => [leans, ...parts]);

Deno.test("words of the right begin at the right edge, the first word last", () => {
  assertEquals(seen("שלום עולם"), [["right", "עולם", " ", "שלום"]]);
});

Deno.test("words of the right within words of the left are turned, and their numbers are not", () => {
  assertEquals(seen("Море שלום עולם 12 x"), [
    ["left", "Море", " ", "12", " ", "עולם", " ", "שלום", " ", "x"],
  ]);
});

Deno.test("brackets beside words of the right are mirrored", () => {
  assertEquals(seen("(א) ב").flat(), ["right", "ב", " ", ")א("]);
  assertEquals(seen("א (1)").flat(), ["right", "(", "1", ")", " ", "א"]);
});

Deno.test("words that are too many for their lines are broken, cut, and say so", () => {
  assertEquals(seen("אב גד הו", 5), [["right", "גד", " ", "אב"], ["right", "הו"]]);
  assertEquals(seen("אבגדהוזח", 3, 2), [["right", "אבג"], ["right", "דה…"]]);
});
