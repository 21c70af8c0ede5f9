/** Every text field of every kind of update, with every text that means harm. */
import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { allowed_updates } from "../../src/telegram/poll.ts";
import { readUpdate } from "../../src/telegram/read_update.ts";
import {
  hostile_others,
  hostile_texts,
  megabyte,
  nested,
  no_updates,
} from "../storm/hostile_values.ts";
import { placesOf, samplesOf, update_kinds, withAt } from "../emulator/sample_updates.ts";
import { anna, bot } from "./updates.ts";

const isText = (leaf: unknown) => typeof leaf === "string";
const asked = new Set<string>(allowed_updates);
const update_id = 5;
/** As deep as `message.from.first_name`: each text is tried there, further in they take turns. */
const NEAR = 3;

/** Of what is read nothing may be unfit for a database or longer than it can be. */
function assertClean(value: unknown, where: string): void {
  if (typeof value === "string") {
    assert(value.isWellFormed() && !value.includes("\0"), `${where} is not clean`);
    assertLessOrEqual(value.length, 4096, where);
  } else if (typeof value === "number") {
    assert(Number.isSafeInteger(value), `${where} is ${value}`);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, one] of Object.entries(value)) assertClean(one, `${where}.${key}`);
  }
}

/** Reads an update with `put` in one of its places. */
function assertReadsClean(update: unknown, where: string): string {
  const read = readUpdate(update, bot);
  assertClean(read, where);
  return read.is;
}

for (const kind of update_kinds) {
  Deno.test(`hostile texts in ${kind} are read clean`, () => {
    const samples = samplesOf(kind, anna);
    const seen = new Set(
      samples.map(({ update }) => assertReadsClean({ update_id, ...update }, kind)),
    );
    // What is heard at all is heard here too, or the test would prove nothing.
    assertEquals(seen.has("ignored") && seen.size === 1, !asked.has(kind));
    let turn = 0;
    for (const sample of samples) {
      for (const place of placesOf(sample, isText)) {
        const isNear = asked.has(kind) && place.length <= NEAR;
        const own = hostile_texts[turn++ % hostile_texts.length] ?? "";
        for (const text of isNear ? hostile_texts : [own]) {
          const update = { update_id, ...withAt(sample.update, place, text) as object };
          assertReadsClean(update, `${place.join(".")} as ${JSON.stringify(text.slice(0, 20))}`);
        }
      }
    }
  });
}

Deno.test("values of another make, a megabyte and deep nesting are read or refused", () => {
  const others = [...hostile_others, nested(10_000), megabyte];
  let turn = 0;
  for (const kind of allowed_updates) {
    for (const sample of samplesOf(kind, anna)) {
      for (const place of placesOf(sample, () => true)) {
        const put = others[turn++ % others.length];
        const update = { update_id, ...withAt(sample.update, place, put) as object };
        assertReadsClean(update, place.join("."));
      }
    }
  }
});

Deno.test("what is no update is ignored, and has no id to be confirmed by", () => {
  for (const update of no_updates) {
    const read = readUpdate(update, bot);
    assertEquals([read.is, read.update_id], ["ignored", null], JSON.stringify(update));
  }
});
