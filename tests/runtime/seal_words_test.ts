import { assertEquals, assertStrictEquals } from "@std/assert";
import { z } from "zod";
import { fact } from "../../events/fact.ts";
import { sealed } from "../../events/sensitive.ts";
import { sealWords } from "../../src/runtime/seal_words.ts";

const seal = (text: string) => Promise.resolve(`s1.${text}`);

Deno.test("what a person typed for themselves is sealed before it is appended", async () => {
  assertEquals(await sealWords({ type: "CardsSearched", query: "sea" }, seal), {
    type: "CardsSearched",
    query: "s1.sea",
  });
});

Deno.test("fact without such words stays as it is", async () => {
  const named = { type: "CardWithdrawn", reason: "Stolen" };
  assertStrictEquals(await sealWords(named, seal), named);
});

Deno.test("field is sealed once its mark says that it is heard, and no other", async () => {
  const secretTold = fact("SecretTold", {
    answered: sealed(z.string(), { for: "self" }),
    typed: sealed(z.string(), { for: "self", when: "heard" }).nullable(),
    plain: z.string(),
  });
  const definitions = new Map([[secretTold.type, secretTold]]);
  const told = { type: "SecretTold", answered: "s1.a", typed: "b", plain: "c" };
  const sealedFact = { ...told, typed: "s1.b" };
  assertEquals(await sealWords(told, seal, definitions), sealedFact);
  assertEquals(await sealWords({ ...told, typed: null }, seal, definitions), {
    ...told,
    typed: null,
  });
});
