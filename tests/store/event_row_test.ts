/** The hash of a fact holds all that the program knows of it. */
import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { hashEvent, hashJson, type Unhashed } from "../../src/store/event_row.ts";

const event: Unhashed = {
  id: "0190a0c4-0000-7000-8000-000000000000",
  stream: "dialogue:one",
  version: 3,
  type: "NameProvided",
  schema_version: 1,
  data: { name: "Sea", deep: { b: 1, a: 2 } },
  at: 1_000,
  causation: "update:1:1",
  correlation: "update:1:1",
  machine: "dialogue/1",
  effects: [{ type: "say" }],
  state_hash: "state",
  envelope: { v: 2, rights: { admin: false, owner: false }, locale: "ru" },
  prev_hash: "before",
};
const bare = { ...event, envelope: null };

Deno.test("hash of a fact is another as soon as any of its fields is", () => {
  const others: Unhashed = {
    id: "0190a0c4-0000-7000-8000-000000000001",
    stream: "dialogue:two",
    version: 4,
    type: "DescriptionProvided",
    schema_version: 2,
    data: { name: "Sea", deep: { b: 1, a: 3 } },
    at: 1_001,
    causation: "update:1:2",
    correlation: "update:1:2",
    machine: "dialogue/2",
    effects: [],
    state_hash: "another",
    envelope: { v: 2, rights: { admin: true, owner: false }, locale: "ru" },
    prev_hash: "another",
  };
  for (const [field, other] of Object.entries(others)) {
    assertNotEquals(hashEvent({ ...event, [field]: other }), hashEvent(event), field);
    if (field === "envelope") continue;
    assertNotEquals(hashEvent({ ...bare, [field]: other }), hashEvent(bare), field);
  }
});

Deno.test("hash of a fact is for good, whatever order its fields come in", () => {
  const turned = Object.fromEntries(Object.entries(event).toReversed());
  assertEquals(hashEvent({ ...event, ...turned }), hashEvent(event));
  assertEquals(hashJson({ b: 1, a: [2, null] }), hashJson({ a: [2, null], b: 1 }));
  assertEquals(
    [hashEvent(event), hashEvent(bare)].map((hash) => hash.slice(0, 16)),
    ["e517225d877d1e27", "94af7483d1a4f356"],
  );
});

Deno.test("envelope of a version that is not known cannot be hashed", () => {
  const newer = { ...event, envelope: JSON.parse(JSON.stringify({ ...event.envelope, v: 3 })) };
  assertThrows(() => hashEvent(newer), RangeError, "Cannot hash an envelope of version 3");
});
