import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { z } from "zod";
import { fact } from "../../events/fact.ts";
import { checkFact } from "../../events/read_fact.ts";
import { sealed } from "../../events/sensitive.ts";
import { redactFact } from "../../src/replay/move/redact_fact.ts";
import { openStandIns } from "../../src/replay/move/stand_ins.ts";
import { anyFact } from "../events/any_fact.ts";

const standIns = openStandIns(new Uint8Array(32));

Deno.test("fact is still one of its kind when stand-ins take the place of what it tells", () =>
  fc.assert(fc.property(anyFact, (fact) => {
    const redacted = redactFact(fact, standIns, new Map());
    assertEquals(checkFact(redacted, "here"), redacted);
    assertEquals(redacted.type, fact.type);
  })));

Deno.test("new fact's strings are replaced, and its seals stay seals, before anybody decides", () => {
  const secretTold = fact("SecretTold", {
    kind: z.enum(["big", "small"]),
    seen: z.array(z.strictObject({ by: z.string(), times: z.int() })),
    words: sealed(z.string(), { for: "self" }).nullable(),
  });
  const told = {
    type: "SecretTold",
    kind: "big",
    seen: [{ by: "Анна", times: 3 }],
    words: "s1.words",
  };
  const seen = new Map<string, string>();
  const definitions = new Map([[secretTold.type, secretTold]]);
  const redacted = redactFact(told, standIns, seen, definitions);
  const { kind, seen: by, words } = secretTold.schema.parse(redacted);
  assertEquals(kind, "big");
  assertEquals(by[0]?.times, 3);
  assertMatch(by[0]?.by ?? "", /^text-/);
  assertMatch(words ?? "", /^s1\.[0-9a-f]{64}$/);
  assertNotEquals(words, told.words);
  assertEquals([...seen.keys()], ["Анна", "s1.words"]);
});
