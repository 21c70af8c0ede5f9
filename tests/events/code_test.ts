import { assert, assertEquals, assertFalse, assertThrows } from "@std/assert";
import fc from "fast-check";
import { Code, CODE_ALPHABET, completeCode, groupCode } from "../../events/code.ts";

const CODE = completeCode("7F3K9QZX2M0A8VBWN1H"); // 7F3K9QZX2M0A8VBWN1HZ
const GROUPED = groupCode(CODE);
const WRONG = CODE.replace("9Q", "8Q");

const nineteen = fc.array(fc.constantFrom(...CODE_ALPHABET), { minLength: 19, maxLength: 19 })
  .map((marks) => marks.join(""));
const code = nineteen.map(completeCode);
const index = fc.nat({ max: 19 });
const mark = fc.constantFrom(...CODE_ALPHABET);

Deno.test("completed code is a Code of 20 characters that begins with the 19", () =>
  fc.assert(fc.property(nineteen, (it) => {
    const completed = completeCode(it);
    assertEquals(Code.parse(completed), completed);
    assertEquals(completed.slice(0, 19), it);
  })));

Deno.test("check characters of random codes are all 32", () => {
  const seen = new Set(Array.from(CODE_ALPHABET, (it) => completeCode("0".repeat(18) + it)[19]));
  assertEquals(seen.size, 32);
});

Deno.test("code of a released package stays valid", () => {
  assertEquals(CODE, "7F3K9QZX2M0A8VBWN1HZ");
  assertEquals(completeCode("0123456789ABCDEFGHJ"), "0123456789ABCDEFGHJT");
});

Deno.test("completeCode refuses what is not 19 characters of the alphabet", () => {
  for (const wrong of ["", "ABC", CODE, "7F3K9QZX2M0A8VBWN1U", "7f3k9qzx2m0a8vbwn1h"]) {
    assertThrows(() => completeCode(wrong), RangeError, "Cannot complete a code");
  }
});

Deno.test("wrong character anywhere in a code shows", () =>
  fc.assert(fc.property(code, index, mark, (it, i, wrong) => {
    fc.pre(it[i] !== wrong);
    assertFalse(Code.safeParse(replaceAt(it, i, wrong)).success);
  })));

Deno.test("two characters of a code that changed places show, wherever they stand", () =>
  fc.assert(fc.property(code, index, index, (it, i, j) => {
    fc.pre(it[i] !== it[j]);
    assertFalse(Code.safeParse(swap(it, i, j)).success);
  })));

Deno.test("each of the 620 wrong characters and 190 swaps of a code shows", () => {
  for (const it of [CODE, "0".repeat(20), completeCode("ZYXWVTSRQPNMKJHGFED")]) {
    assert(Code.safeParse(it).success);
    for (let i = 0; i < 20; i++) {
      for (const wrong of CODE_ALPHABET) {
        assertEquals(Code.safeParse(replaceAt(it, i, wrong)).success, it[i] === wrong);
      }
      for (let j = 0; j < i; j++) {
        assertEquals(Code.safeParse(swap(it, i, j)).success, it[i] === it[j]);
      }
    }
  }
});

Deno.test("Code accepts the canonical form alone", () => {
  for (const other of [GROUPED, CODE.toLowerCase(), ` ${CODE}`, WRONG, "", CODE + "0", null, 7]) {
    assertFalse(Code.safeParse(other).success, String(other));
  }
});

Deno.test("groupCode writes five groups of four", () => {
  assertEquals(groupCode("ABCDEFGHJKMNPQRSTVWX"), "ABCD EFGH JKMN PQRS TVWX");
});

function replaceAt(text: string, i: number, mark: string): string {
  return text.slice(0, i) + mark + text.slice(i + 1);
}

function swap(text: string, i: number, j: number): string {
  const marks = [...text];
  [marks[i], marks[j]] = [marks[j] ?? "", marks[i] ?? ""];
  return marks.join("");
}
