import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { z } from "zod";
import { arbitraryOf } from "./arbitrary_of.ts";

const none = new Map();

const schemas = {
  "a text": z.string().min(2).max(5),
  "a text without end": z.string(),
  "a text of one length": z.string().length(3),
  "hex": z.hex().length(64),
  "a uuid": z.uuid(),
  "a whole number": z.int().min(2).max(500),
  "a positive number": z.int().positive(),
  "a number below another": z.int().nonnegative().lt(3),
  "a word of a list": z.enum(["one", "two"]),
  "a literal": z.literal("one"),
  "yes or no": z.boolean(),
  "what may be null": z.int().positive().nullable(),
  "a list": z.array(z.int().positive()).min(1).max(500),
  "an object": z.strictObject({ a: z.string(), in: z.strictObject({ b: z.uuid().nullable() }) }),
};

for (const [what, schema] of Object.entries(schemas)) {
  Deno.test(`${what} is made up as its schema wants it`, () =>
    fc.assert(fc.property(arbitraryOf(schema, none), (value) => {
      assert(schema.safeParse(value).success, JSON.stringify(value));
    })));
}

Deno.test("shape that is known is made up as was said, wherever it is", () => {
  const seven = z.int();
  const known = new Map([[seven, fc.constant(7)]]);
  const [made] = fc.sample(arbitraryOf(z.strictObject({ in: z.array(seven).min(1) }), known), 1);
  assertEquals(new Set(z.strictObject({ in: z.array(z.int()) }).parse(made).in), new Set([7]));
});

Deno.test("schema that says more than can be made up is named", () => {
  const even = z.string().refine(({ length }) => length % 2 === 0);
  for (const schema of [even, z.string().regex(/^a+$/), z.json(), z.record(z.string(), even)]) {
    assertThrows(
      () => arbitraryOf(z.strictObject({ in: z.array(schema) }), none, "CardEaten"),
      TypeError,
      "Cannot make up CardEaten.in[]: ",
    );
  }
});
