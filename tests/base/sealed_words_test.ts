import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { isToken, openAll, openWithin } from "../../src/base/sealed_words.ts";
import { seal, sealingKey } from "../../src/store/seal.ts";

const [one, other] = [`s1.${"a".repeat(40)}`, `s1.${"b".repeat(40)}`];
const open = (token: string) => Promise.resolve(token === one ? "море" : null);

Deno.test("token is what a seal writes, and words of people are none", async () => {
  const key = await sealingKey(new Uint8Array(32));
  for (const text of ["", "я", "Зимнее море", "я".repeat(700)]) {
    assert(isToken(await seal(key, text, "person")));
  }
  for (const words of ["", "s1.", "s1. Зимнее море", `${one} и ещё`, `С ${one}`]) {
    assert(!isToken(words), words);
  }
});

Deno.test("words are opened together, plain ones as they are, or not at all", async () => {
  const words = { name: one, description: "Холст", packaged: null };
  assertEquals(await openAll(words, open), { ...words, name: "море" });
  assertEquals(await openAll({ ...words, description: other }, open), null);
});

Deno.test("words are opened wherever they stand, and those without a key stay", async () => {
  const memory = { draft: { name: one, told: [other, 7] }, asked: null };
  assertEquals(await openWithin(memory, open), {
    draft: { name: "море", told: [other, 7] },
    asked: null,
  });
  const plain = { draft: null, answered: [1, 2] };
  assertStrictEquals(await openWithin(plain, open), plain);
});
