import { assert, assertEquals, assertFalse } from "@std/assert";
import { z } from "zod";
import { CallId, fact, Millis } from "../../events/fact.ts";

Deno.test("fact is at version 1 until its shape changes", () => {
  assertEquals(fact("CardLost", {}).version, 1);
  const lifted = fact("CardLost", { where: z.string() }, [(old) => ({ ...old, where: "" })]);
  assertEquals(lifted.version, 2);
});

Deno.test("fact has exactly its fields and its type", () => {
  const { type, schema } = fact("CardLost", { where: z.string() });
  const takes = (value: unknown) => schema.safeParse(value).success;
  assertEquals(type, "CardLost");
  assert(takes({ type: "CardLost", where: "here" }));
  assertFalse(takes({ type: "CardLost" }));
  assertFalse(takes({ type: "CardFound", where: "here" }));
  assertFalse(takes({ where: "here" }));
  assertFalse(takes({ type: "CardLost", where: "here", when: 1 }));
});

Deno.test("call is named by a version that counts from 1 and an index", () => {
  for (const call of ["1:0", "12:34"]) assert(CallId.safeParse(call).success, call);
  for (const call of ["0:0", "01:0", "1", "1:", ":0", "-1:0", "1:0 ", "1.5:0"]) {
    assertFalse(CallId.safeParse(call).success, call);
  }
});

Deno.test("time is in whole milliseconds, none of them before 1970", () => {
  for (const time of [0, 1_700_000_000_000]) assert(Millis.safeParse(time).success);
  for (const time of [-1, 0.5, Infinity, NaN, "0"]) assertFalse(Millis.safeParse(time).success);
});
