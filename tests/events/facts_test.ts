import { assert, assertEquals, assertFalse, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { z } from "zod";
import { facts } from "../../events/facts.ts";
import { checkFact, readFact, UnreadableFact } from "../../events/read_fact.ts";
import { readSources, sourceTest } from "../source_files.ts";
import { anyFact, factOf, factTypes } from "./any_fact.ts";

/** As each subject defines its facts. */
const DEFINED = /^export const (\w+) = fact\("(\w+)"/gm;
/** Past participles that end in something other than -ed. */
const IRREGULAR = /(?:Begun|Chosen|Found|Kept|Missing|Read|Stale|Unreadable|Withdrawn)$/;

sourceTest(
  "every fact that a file of events defines is in the table, under its own name",
  async () => {
    const sources = await readSources("events");
    const defined = sources.flatMap(({ text }) => [...text.matchAll(DEFINED)]);
    assertEquals(defined.map(([, , type]) => type).toSorted(), [...facts.keys()].toSorted());
    assertEquals(defined.filter(([, name, type]) => name !== type), []);
  },
);

Deno.test("names of facts are in the past tense", () => {
  for (const name of facts.keys()) {
    assertMatch(name, /^(?:[A-Z][a-z]+)+$/);
    assert(/ed(?:By[A-Z][a-z]+)?$/.test(name) || IRREGULAR.test(name), name);
    assertFalse(/(?:Updated|Changed|Modified)$/.test(name), name);
  }
});

for (const type of factTypes) {
  Deno.test(`${type} comes back from JSON as it went`, () =>
    fc.assert(
      fc.property(factOf(type), (fact) => {
        assertEquals(checkFact(fact, "here"), fact);
        const { type, ...data } = JSON.parse(JSON.stringify(fact));
        const schema_version = facts.get(type)?.version ?? 1;
        assertEquals(readFact({ type, schema_version, data }, "here"), fact);
      }),
      { numRuns: 20 },
    ));

  Deno.test(`${type} refuses a field too many, and one too few`, () => {
    const [fact] = fc.sample(factOf(type), 1);
    assert(fact);
    assertThrows(() => checkFact({ ...fact, extra: 1 }, "here"), UnreadableFact, "extra");
    for (const field of requiredIn(type)) {
      const fewer = { ...fact, [field]: undefined };
      assertThrows(() => checkFact(fewer, "here"), UnreadableFact, `${field}: `);
    }
  });
}

Deno.test("fact of a kind that is not in the table is refused", () => {
  for (const type of ["CardEaten", "", "constructor", "toString"]) {
    assertThrows(() => checkFact({ type }, "here"), UnreadableFact, `unknown fact ${type}`);
  }
});

Deno.test("facts have no place for a person's own names", () =>
  fc.assert(fc.property(anyFact, (fact) => {
    const personal = /^(?:first_name|last_name|username|telegram_id|chat_id|phone)$/;
    assertEquals(Object.keys(fact).filter((field) => personal.test(field)), []);
  })));

/** Fields that came after a fact was released may be absent. */
function requiredIn(type: typeof factTypes[number]): string[] {
  const { schema } = facts.get(type) ?? {};
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape).flatMap(([field, it]) =>
    field === "type" || it instanceof z.ZodExactOptional ? [] : [field]
  );
}
