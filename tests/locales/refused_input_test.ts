/** What is answered to an input that does not fit, in every language. */
import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { flows } from "../../machines/dialogue.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { locales } from "../../src/locales/locales.ts";
import { refuseInput } from "../../src/locales/refuse_input.ts";
import { assertWhole } from "./whole.ts";

const kinds = ["command", "text", "photo", "image_file", "sticker", "voice", "poll", "unheard_of"];
const expectations = [...flows.flatMap(({ words }) => words?.expects ?? []), "unheard_of"];
const reasons = [...flows.flatMap(({ words }) => words?.refusals ?? []), "unheard_of"];

Deno.test("every refused input gets a sentence of its own making", () => {
  assert(expectations.length > 10 && reasons.length > 8);
  for (const locale of locales) {
    for (const expected of expectations) {
      for (const kind of kinds) {
        for (const reason of [null, ...reasons]) {
          const html = catalogues[locale].text("input_refused", { kind, expected, reason });
          const where = `${locale} ${kind} ${expected} ${reason}: ${html}`;
          assertWhole(html, where);
          assert(html.length > 15, where);
        }
      }
    }
  }
});

Deno.test("what is too long is told with its own limit", () => {
  const limits = { name: /80/, description: /700/, reason: /120/ };
  for (const locale of locales) {
    for (const [expected, limit] of Object.entries(limits)) {
      const refused = { kind: "text", expected, reason: "too_long" };
      const [wrong = ""] = catalogues[locale].text("input_refused", refused).split(". ");
      assertMatch(wrong, limit);
    }
    const refused = { kind: "text", expected: "query", reason: "too_long" };
    const [wrong = ""] = catalogues[locale].text("input_refused", refused).split(". ");
    assertNotEquals(wrong, "");
    for (const limit of Object.values(limits)) assert(!limit.test(wrong), wrong);
  }
});

Deno.test("words of the flow that waits come before those of others", () => {
  const say = refuseInput("en", [
    { refusals: { empty: "Empty.", late: { alone: "Too late." } }, hints: { code: "A code?" } },
    { refusals: { empty: "No age.", "age:late": "Aged." }, hints: { age: "An age?" } },
  ]);
  const refused = (expected: string, reason: string | null) =>
    say({ kind: "text", expected, reason });
  assertEquals(refused("age", "empty"), "No age. An age?");
  assertEquals(refused("code", "empty"), "Empty. A code?");
  assertEquals(refused("age", "late"), "Aged. An age?");
  assertEquals(refused("code", "late"), "Too late.");
  assertEquals(refused("size", null), "Text is of no use here. A code?");
  assertEquals(refused("size", "constructor"), "A code?");
});
