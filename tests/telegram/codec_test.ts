import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { QUERY_BYTES_MAX } from "../../events/gallery.ts";
import type { Action } from "../../machines/flow/input.ts";
import {
  decodeAction,
  decodePagerTap,
  encodeAction,
  encodePagerTap,
} from "../../src/telegram/codec.ts";

const anyAction: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom("issue", "list", "stats", "skip", "cancel") }),
  fc.record({ do: fc.constantFrom("batch", "search", "export") }),
  fc.record({
    do: fc.constant("amend"),
    part: fc.constantFrom("name", "description", "original", "packaged"),
  }),
  fc.record({
    do: fc.constantFrom(
      ...["look", "withdraw", "confirm", "restore"] as const,
      ...["labels", "batch_labels", "history", "correct"] as const,
    ),
    number: fc.oneof(fc.integer({ min: 1 }), fc.constant(Number.MAX_SAFE_INTEGER)),
  }),
);

const bytes = (data: string) => new TextEncoder().encode(data).length;

Deno.test("a button's data bring every action back, within 64 bytes", () => {
  fc.assert(fc.property(anyAction, (action) => {
    const data = encodeAction(action);
    assert(bytes(data) >= 1 && bytes(data) <= 64, data);
    assertEquals(decodeAction(data), action);
    assertEquals(decodePagerTap(data), null);
  }));
});

Deno.test("a pager's data bring every page back, within 64 bytes", () => {
  const query = fc.oneof(
    fc.constantFrom("", "ж".repeat(QUERY_BYTES_MAX / 2), "a:b:c", ":"),
    fc.string({ maxLength: 11, unit: "grapheme" }).filter((it) => bytes(it) <= QUERY_BYTES_MAX),
  );
  const page = fc.nat({ max: 1_000_000 });
  const anyTap = fc.record({ page, active: fc.boolean(), query });
  fc.assert(fc.property(anyTap, (tap) => {
    const data = encodePagerTap(tap);
    assert(bytes(data) <= 64, data);
    assertEquals(decodePagerTap(data), tap);
    assertEquals(decodeAction(data), null);
  }));
});

Deno.test("released data stay readable", () => {
  assertEquals(encodeAction({ do: "issue" }), "1:issue");
  assertEquals(encodeAction({ do: "look", number: 12 }), "1:look:12");
  assertEquals(encodePagerTap({ page: 0, active: true, query: "" }), "1:page:0:a");
  assertEquals(encodePagerTap({ page: 3, active: false, query: "" }), "1:page:3:w");
  assertEquals(encodePagerTap({ page: 3, active: false, query: "a b" }), "1:find:3:w:a b");
  assertEquals(encodeAction({ do: "batch_labels", number: 12 }), "1:batch_labels:12");
  assertEquals(encodeAction({ do: "amend", part: "name" }), "1:amend:name");
});

Deno.test("no text that somebody makes up is taken for a button, and none throws", () => {
  const pieces = fc.constantFrom("1", ":", "look", "page", "issue", "a", "w", "-", "0", "é", "\0");
  const made = fc.oneof(fc.string(), fc.array(pieces).map((parts) => parts.join("")));
  fc.assert(fc.property(made, (data) => {
    const action = decodeAction(data);
    if (action) assertEquals(encodeAction(action), data);
    const tap = decodePagerTap(data);
    if (tap) assertEquals(encodePagerTap(tap), data);
  }));
});

for (
  const data of [
    "",
    "issue",
    "2:issue",
    "1:issue:",
    "1:issue:1",
    "1:look",
    "1:look:0",
    "1:look:-1",
    "1:look:1.5",
    "1:look:012",
    "1:look:1e3",
    "1:look: 1",
    "1:look:9007199254740993",
    "1:look:1:2",
    "1:page:0",
    "1:page:0:a:море",
    "1:find:0:a",
    "1:find:0:a:",
    `1:find:0:a:${"a".repeat(47)}`,
    "1:amend:price",
    "1:amend:1",
    "1:page:0:x",
    "1:page:-1:a",
    "1:page:1000001:a",
    "1:constructor",
  ]
) {
  Deno.test(`${JSON.stringify(data)} is no button of ours`, () => {
    assertEquals(decodeAction(data), null);
    assertEquals(decodePagerTap(data), null);
  });
}
