import { assertEquals } from "@std/assert";
import { printableName } from "../../src/cards/printable_name.ts";

/** A font with Latin and Cyrillic letters. */
const has = (letter: string) => /[\p{Script=Latin}\p{Script=Cyrillic}0-9]/u.test(letter);

for (
  const [name, printed] of [
    ["Зимнее\n море", "Зимнее море"],
    ["Мухомор 🍄 северный 👩‍👩‍👧", "Мухомор северный"],
    ["漢字 と Sea", "… Sea"],
    ["Ёжик", "Ёжик"],
    ["\u2068Sea\u2069 \u202eaes", "Sea aes"],
    ["🍄🍄", ""],
  ] as const
) {
  Deno.test(`${JSON.stringify(name)} is printed as ${JSON.stringify(printed)}`, () => {
    assertEquals(printableName(name, has), printed);
  });
}
