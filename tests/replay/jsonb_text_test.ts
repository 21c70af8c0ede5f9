import { cleanText } from "../../src/base/clean_text.ts";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { diffJson, sameJson } from "../../src/base/diff_json.ts";
import { jsonbText } from "../../src/replay/log/jsonb_text.ts";

import { databaseTest } from "../database.ts";

/** What a log may hold: no NUL, no half characters; numbers as facts have them. */
const anyJson = fc.array(fc.json({ maxDepth: 4 }), { minLength: 20, maxLength: 20 }).map((texts) =>
  texts.map((text) =>
    JSON.parse(
      text,
      (_, value) =>
        typeof value === "string"
          ? cleanText(value)
          : typeof value === "number"
          ? Math.trunc(value % 1e12) + 0
          : value,
    )
  ).filter((value) => !JSON.stringify(value).includes("\\u0000"))
);

databaseTest("JSON is written as Postgres writes it", async ({ sql }) => {
  await fc.assert(
    fc.asyncProperty(anyJson, async (values) => {
      const rows = await sql<{ text: string }[]>`
        select value::jsonb::text as text
        from unnest(${values.map((value) => JSON.stringify(value))}::text[])
          with ordinality as v(value, n) order by n`;
      assertEquals(values.map(jsonbText), rows.map(({ text }) => text));
    }),
    { numRuns: 20 },
  );
  assertEquals(jsonbText({ bb: undefined, b: 1, a: [{}, []] }), '{"a": [{}, []], "b": 1}');
});

Deno.test("values are the same whatever the order of their keys, and else differ somewhere", () => {
  assert(sameJson({ a: 1, b: { c: [1, 2] } }, { b: { c: [1, 2] }, a: 1 }));
  assert(sameJson({ a: 1, b: undefined }, { a: 1 }));
  for (
    const [one, other] of [
      [{ a: 1 }, { a: 1, b: 2 }],
      [{ a: 1, b: 2 }, { a: 1 }],
      [{ a: 1 }, { b: 1 }],
      [[1, 2], [1]],
      [[], {}],
      [null, {}],
      ["1", 1],
      [{ a: null }, {}],
    ]
  ) {
    assert(!sameJson(one, other), JSON.stringify([one, other]));
  }
  fc.assert(fc.property(fc.json(), fc.json(), (a, b) => {
    const [one, other] = [JSON.parse(a), JSON.parse(b)];
    assertEquals(sameJson(one, other), diffJson(one, other).length === 0);
    assert(sameJson(one, JSON.parse(a)));
  }));
  assertEquals(diffJson({ a: { b: 1, c: 2 } }, { a: { b: 1, d: 3 } }), [
    { path: "a.c", before: 2, after: undefined },
    { path: "a.d", before: undefined, after: 3 },
  ]);
});
