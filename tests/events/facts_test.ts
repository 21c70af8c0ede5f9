import { assert, assertEquals, assertFalse, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as batch from "../../events/batch.ts";
import * as card from "../../events/card.ts";
import * as correction from "../../events/correction.ts";
import * as dialogue from "../../events/dialogue.ts";
import { facts } from "../../events/facts.ts";
import * as gallery from "../../events/gallery.ts";
import * as maker from "../../events/maker.ts";
import * as photo from "../../events/photo.ts";
import { checkFact, readFact, UnreadableFact } from "../../events/read_fact.ts";
import { anyFact, factOf, factTypes } from "./any_fact.ts";

/** Past participles that end in something other than -ed. */
const IRREGULAR = /(?:Begun|Chosen|Found|Kept|Missing|Read|Unreadable|Withdrawn)$/;

Deno.test("table of facts holds every fact of every subject, under its export's name", () => {
  const subjects = {
    ...batch,
    ...card,
    ...correction,
    ...dialogue,
    ...gallery,
    ...maker,
    ...photo,
  };
  const exported = Object.entries<unknown>(subjects).filter(([, value]) =>
    typeof value === "object" && value !== null && "upcasts" in value
  );
  assertEquals([...facts.keys()].toSorted(), exported.map(([name]) => name).toSorted());
  for (const [name, definition] of exported) {
    assert(Object.is(facts.get(name), definition), `${name} stands under another name`);
  }
  assertEquals(factTypes.toSorted(), [...facts.keys()].toSorted());
});

Deno.test("names of facts are in the past tense", () => {
  for (const name of facts.keys()) {
    assertMatch(name, /^(?:[A-Z][a-z]+)+$/);
    assert(name.endsWith("ed") || IRREGULAR.test(name), name);
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
    for (const field of Object.keys(fact).filter((field) => field !== "type")) {
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
