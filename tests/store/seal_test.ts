import { assert, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { seal, sealingKey, unseal } from "../../src/store/seal.ts";

const freshKey = () => sealingKey(crypto.getRandomValues(new Uint8Array(32)));

Deno.test("sealed text opens to what it was, and shows nothing of it", async () => {
  const key = await freshKey();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string(), async (text, bound) => {
      const token = await seal(key, text, bound);
      assert(/^s1\.[\w-]+$/.test(token));
      assertEquals(await unseal(key, token, bound), text);
    }),
  );
});

Deno.test("text sealed twice gives two tokens", async () => {
  const key = await freshKey();
  assertNotEquals(await seal(key, "Анна", "p"), await seal(key, "Анна", "p"));
});

Deno.test("token opens only with its key and in its place", async () => {
  const key = await freshKey();
  const token = await seal(key, "Анна", "p");
  assertEquals(await unseal(await freshKey(), token, "p"), null);
  assertEquals(await unseal(key, token, "q"), null);
});

Deno.test("token with any byte changed, or none at all, does not open", async () => {
  const key = await freshKey();
  const token = await seal(key, "Анна", "p");
  for (let i = 3; i < token.length - 1; i++) {
    const other = token[i] === "A" ? "B" : "A";
    const changed = token.slice(0, i) + other + token.slice(i + 1);
    assertEquals(await unseal(key, changed, "p"), null);
  }
  for (const text of ["", "s1.", "Анна", "s1.!", "s2." + token.slice(3), token.slice(0, 20)]) {
    assertEquals(await unseal(key, text, "p"), null);
  }
});
