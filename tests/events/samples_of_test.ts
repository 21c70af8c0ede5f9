import { assert, assertEquals, assertThrows } from "@std/assert";
import { z } from "zod";
import { facts } from "../../events/facts.ts";
import { objectsOf, samplesOf } from "./samples_of.ts";

Deno.test("samples of every fact fit its schema", () => {
  for (const { type, schema } of facts.values()) {
    const samples = samplesOf(schema, type);
    assert(samples.length > 0, type);
    for (const sample of samples) schema.parse(sample);
  }
});

Deno.test("samples come in every combination of what is one of a few", () => {
  const schema = z.strictObject({ kind: z.enum(["a", "b"]), is: z.boolean(), text: z.string() });
  assertEquals(samplesOf(schema).length, 4);
  assertEquals(samplesOf(z.int().positive()), [7, 8]);
});

Deno.test("sample takes a field that is given, where it may be that", () => {
  const shape = { number: z.int(), batch: z.uuid() };
  const [made, ...others] = objectsOf(shape, { number: 17, batch: null, more: 1 });
  assertEquals([made?.number, z.uuid().safeParse(made?.batch).success], [17, true]);
  assertEquals(others, []);
});

Deno.test("schema that nothing fits is named", () => {
  const never = z.string().refine((text) => text === "unheard of");
  const words = "Cannot make up CardEaten.in[]: ";
  assertThrows(
    () => samplesOf(z.strictObject({ in: z.array(never) }), "CardEaten"),
    TypeError,
    words,
  );
});
