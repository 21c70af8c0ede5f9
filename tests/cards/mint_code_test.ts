import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { Code, CODE_ALPHABET } from "../../events/code.ts";
import { mintCode } from "../../src/cards/mint_code.ts";

Deno.test("minted code is valid whatever the random bytes are", () =>
  fc.assert(fc.property(fc.uint8Array({ minLength: 19, maxLength: 19 }), (bytes) => {
    const code = mintCode(() => bytes);
    assertEquals(Code.parse(code), code);
  })));

Deno.test("each byte gives one character, each character eight of the 256 bytes", () => {
  const counts = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    const [first] = mintCode((bytes) => bytes.fill(byte));
    counts.set(first!, (counts.get(first!) ?? 0) + 1);
  }
  assertEquals([...counts.keys()].sort().join(""), CODE_ALPHABET);
  assertEquals(new Set(counts.values()), new Set([8]));
});

Deno.test("thousand codes minted without a source of chance are all different", () => {
  assertEquals(new Set(Array.from({ length: 1000 }, () => mintCode())).size, 1000);
});
