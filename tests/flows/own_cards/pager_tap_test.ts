import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { QUERY_BYTES_MAX } from "../../../events/gallery.ts";
import { flows } from "../../../machines/dialogue.ts";
import { decodeCopiesTap, encodeCopiesTap } from "../../../src/flows/own_cards/copies_tap.ts";
import { decodePagerTap, encodePagerTap } from "../../../src/flows/own_cards/pager_tap.ts";
import { openCodec } from "../../../src/telegram/codec.ts";

const bytes = (data: string) => new TextEncoder().encode(data).length;

Deno.test("a pager's data bring every page back, within 64 bytes, and are no other button's", () => {
  const { decode } = openCodec(flows.flatMap(({ buttons = [] }) => buttons));
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
    assertEquals(decode(data), null);
  }));
});

Deno.test("released data of a pager stay readable", () => {
  assertEquals(encodePagerTap({ page: 0, active: true, query: "" }), "1:page:0:a");
  assertEquals(encodePagerTap({ page: 3, active: false, query: "" }), "1:page:3:w");
  assertEquals(encodePagerTap({ page: 3, active: false, query: "a b" }), "1:find:3:w:a b");
});

Deno.test("no text that somebody makes up is taken for a pager's, and none throws", () => {
  const pieces = fc.constantFrom("1", ":", "look", "page", "find", "a", "w", "-", "0", "é", "\0");
  const made = fc.oneof(fc.string(), fc.array(pieces).map((parts) => parts.join("")));
  fc.assert(fc.property(made, (data) => {
    const tap = decodePagerTap(data);
    if (tap) assertEquals(encodePagerTap(tap), data);
  }));
});

for (
  const data of [
    "",
    "1:issue",
    "1:look:12",
    "1:page:0",
    "1:page:0:a:море",
    "1:find:0:a",
    "1:find:0:a:",
    `1:find:0:a:${"a".repeat(47)}`,
    "1:page:0:x",
    "1:page:-1:a",
    "1:page:1000001:a",
  ]
) {
  Deno.test(`${JSON.stringify(data)} turns no page`, () => {
    assertEquals(decodePagerTap(data), null);
  });
}

Deno.test("data of a batch's copies bring each page back, and are no other button's", () => {
  const { decode } = openCodec(flows.flatMap(({ buttons = [] }) => buttons));
  const anyTap = fc.record({
    page: fc.nat({ max: 1_000 }),
    number: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  });
  fc.assert(fc.property(anyTap, (tap) => {
    const data = encodeCopiesTap(tap);
    assert(bytes(data) <= 64, data);
    assertEquals(decodeCopiesTap(data), tap);
    assertEquals([decode(data), decodePagerTap(data)], [null, null]);
  }));
  assertEquals(encodeCopiesTap({ page: 3, number: 12 }), "1:copies:3:12");
});

for (
  const data of ["", "1:copies", "1:copies:0", "1:copies:0:0", "1:copies:-1:1", "1:copies:0:x"]
    .concat("1:copies:1001:1", "1:copies:0:2147483648", "1:copies:0:1:a", "1:look:12", "1:page:0:a")
) {
  Deno.test(`${JSON.stringify(data)} shows no copies`, () => {
    assertEquals(decodeCopiesTap(data), null);
  });
}
