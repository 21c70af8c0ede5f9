import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { z } from "zod";
import { type ButtonDefinition, defineButton } from "../../machines/flow/button.ts";
import { flows } from "../../machines/dialogue.ts";
import { openCodec } from "../../src/telegram/codec.ts";
import { Unrenderable } from "../../src/telegram/bot_call.ts";
import { arbitraryOf } from "../events/arbitrary_of.ts";

const ofFlows = flows.flatMap(({ name, buttons = [] }) =>
  buttons.map((button) => ({ name, button }))
);
const buttons: readonly ButtonDefinition[] = ofFlows.map(({ button }) => button);
const { encode, decode } = openCodec(buttons);

const bytes = (data: string) => new TextEncoder().encode(data).length;

for (const { name, button } of ofFlows) {
  Deno.test(`button ${button.name} of ${name} is brought back by its data, within 64 bytes`, () => {
    openCodec([button]);
    const anyData = fc.record(Object.fromEntries(
      Object.entries(button.fields).map(([field, schema]) => [
        field,
        fc.oneof(
          arbitraryOf(schema, new Map()),
          schema instanceof z.ZodNumber ? fc.constant(Number.MAX_SAFE_INTEGER) : fc.constant(null),
        ).filter((value) => schema.safeParse(value).success),
      ]),
    ));
    fc.assert(fc.property(anyData, (data) => {
      const action = button.action(data as Record<string, string | number>);
      const carried = encode(action);
      assert(bytes(carried) >= 1 && bytes(carried) <= 64, carried);
      assertEquals(decode(carried), action);
    }));
  });
}

const NUMBERS = { one: z.int(), two: z.int(), three: z.int(), four: z.int() };
const unfit: readonly (readonly [what: string, button: ButtonDefinition, why: RegExp])[] = [
  ["of too many numbers", defineButton("sum", NUMBERS), /button sum.*77 characters/],
  ["of any text", defineButton("ask", { query: z.string() }), /button ask: its query/],
  ["of a word with a colon", defineButton("go", { to: z.enum(["a:b"]) }), /button go: its to/],
  ["of a number with a fraction", defineButton("pay", { sum: z.number() }), /button pay: its sum/],
  [
    "of too long a word",
    defineButton("go", { to: z.enum(["a".repeat(60)]) }),
    /button go.*65 char/,
  ],
  ["of a name in other letters", defineButton("й", {}), /button й/],
];
for (const [what, button, why] of unfit) {
  Deno.test(`a button ${what} cannot be carried, and is named`, () => {
    const error = assertThrows(() => openCodec([button]), TypeError);
    assert(why.test(error.message), error.message);
  });
}

Deno.test("two buttons of one name cannot be carried", () => {
  assertThrows(() => openCodec([...buttons, defineButton("look", {})]), TypeError, "look");
});

Deno.test("fields are carried as they are defined, however a log has ordered them", () => {
  const { encode, decode } = openCodec([defineButton("move", { to: z.enum(["x"]), by: z.int() })]);
  assertEquals(encode({ by: 3, do: "move", to: "x" }), "1:move:x:3");
  assertEquals(decode("1:move:x:3"), { do: "move", to: "x", by: 3 });
});

Deno.test("an action of no button is a mistake of ours", () => {
  for (const action of [{ do: "dance" }, { do: "look" }, { do: "look", number: 0 }]) {
    assertThrows(() => encode(action), Unrenderable, action.do);
  }
});

Deno.test("released data stay readable", () => {
  assertEquals(encode({ do: "issue" }), "1:issue");
  assertEquals(encode({ do: "look", number: 12 }), "1:look:12");
  assertEquals(encode({ do: "batch_labels", number: 12 }), "1:batch_labels:12");
  assertEquals(encode({ do: "amend", part: "name" }), "1:amend:name");
});

Deno.test("no text that somebody makes up is taken for a button, and none throws", () => {
  const pieces = fc.constantFrom("1", ":", "look", "page", "issue", "a", "w", "-", "0", "é", "\0");
  const made = fc.oneof(fc.string(), fc.array(pieces).map((parts) => parts.join("")));
  fc.assert(fc.property(made, (data) => {
    const action = decode(data);
    if (action) assertEquals(encode(action), data);
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
    "1:amend:price",
    "1:amend:1",
    "1:page:0:a",
    "1:constructor",
  ]
) {
  Deno.test(`${JSON.stringify(data)} is no button of ours`, () => {
    assertEquals(decode(data), null);
  });
}
