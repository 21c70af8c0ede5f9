/** What stands beside a fact: exactly this, and nobody's own chat. */
import { assertEquals, assertMatch } from "@std/assert";
import { Envelope, envelopeOf, faultOfEnvelope, Place } from "../../events/envelope.ts";
import { standInRule } from "../../events/sensitive.ts";

const circumstances = { rights: { admin: true, owner: false }, locale: "en" };

Deno.test("an envelope holds rights and language, and a place where one is told", () => {
  assertEquals(envelopeOf(circumstances), { v: 2, ...circumstances });
  const place = { group: -100, thread: 7, reply: 12 };
  assertEquals(envelopeOf(circumstances, place), { v: 2, ...circumstances, place });
  for (const envelope of [null, envelopeOf(circumstances), envelopeOf(circumstances, place)]) {
    assertEquals(faultOfEnvelope(envelope), null);
  }
});

Deno.test("a chat that is somebody's own is refused in an envelope", () => {
  assertEquals(Place.safeParse({ group: 4711 }).success, false);
  const own = { ...envelopeOf(circumstances), place: { group: 4711 } };
  assertEquals(faultOfEnvelope(own), "its envelope is not as it must be (place.group)");
});

Deno.test("an envelope of a newer version, or of other fields, is named as such", () => {
  assertMatch(
    faultOfEnvelope({ v: 9, all: "else" }) ?? "",
    /has version 9, this program .* up to 2/,
  );
  const strange = { ...envelopeOf(circumstances), name: "Анна" };
  assertEquals(faultOfEnvelope(strange), "its envelope is not as it must be (it)");
  assertEquals(faultOfEnvelope("?"), "its envelope is not as it must be (it)");
});

Deno.test("no number of Telegram's in an envelope is kept where it may tell of nobody", () => {
  assertEquals(standInRule(Envelope), {
    v: "keep",
    rights: { admin: "keep", owner: "keep" },
    locale: "keep",
    place: { group: "number", thread: "number", reply: "number" },
  });
});
