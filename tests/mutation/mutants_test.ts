/** The small changes that `deno task mutation` tries, and that a seed chooses the same ones. */
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Equal, isEqual } from "./equal.ts";
import { chooseMutants, type Mutant, mutantsOf } from "./mutants.ts";

const CODE = `import { read } from "./read.ts";
type Kind = "one" | "two";
export function firstOf(list?: string[]): string {
  if (list === undefined || !list.length) throw new Error("empty");
  return list[0] ?? \`none of \${list.length + 1}\`;
}
export const TEXTS = { kinds: ["a", "b"], last: read()?.[0] as Kind };
`;

const changes = (mutants: readonly Mutant[]) =>
  mutants.map(({ operator, from, to }) => `${operator}: ${from} → ${to}`);

/** Whether one of the mutants reads so. */
const has = (change: string): boolean => changes(mutantsOf("first_of.ts", CODE)).includes(change);

Deno.test("conditions are negated, operators swapped, constants changed, guards dropped", () => {
  const expected = [
    "negate: list === undefined || !list.length → !(list === undefined || !list.length)",
    "negate: !list.length → list.length",
    "swap operator: === → !==",
    "swap operator: || → &&",
    "swap operator: ?? → &&",
    'change constant: "empty" → ""',
    "off by one: 1 → 2",
    'drop element: , "b" → ',
    'drop element: "a",  → ',
    "drop optional chain: ?.[0] → [0]",
    "return early:  →  return;",
    'drop statement: throw new Error("empty"); → ;',
  ];
  assertEquals(expected.filter((change) => !has(change)), []);
});

Deno.test("imports and types are left as they are", () => {
  const texts = changes(mutantsOf("first_of.ts", CODE)).join("\n");
  assertEquals([/read\.ts/, /"one"/, /"two"/].filter((pattern) => pattern.test(texts)), []);
});

Deno.test("a mutant is the file with that one change", () => {
  for (const { from, to, start, text } of mutantsOf("first_of.ts", CODE)) {
    assertEquals(text.slice(0, start) + from + text.slice(start + to.length), CODE);
  }
});

Deno.test("seed and code choose the same mutants, in whatever order they are found", () => {
  const mutants = mutantsOf("first_of.ts", CODE);
  fc.assert(
    fc.property(
      fc.integer(),
      fc.nat({ max: mutants.length }),
      fc.shuffledSubarray(mutants, { minLength: mutants.length }),
      (seed, count, shuffled) => {
        const chosen = chooseMutants(mutants, seed, count);
        assertEquals(chosen.length, count);
        assertEquals(chooseMutants(shuffled, seed, count), chosen);
      },
    ),
  );
});

Deno.test("an equal mutant is known by its content, whatever stands above it", () => {
  const equal: Equal = {
    path: "first_of.ts",
    fragment: 'if (list === undefined || !list.length) throw new Error("empty");',
    from: "===",
    to: "!==",
    reason: "an example",
  };
  const known = (code: string, path = "first_of.ts") =>
    changes(mutantsOf(path, code).filter((mutant) => isEqual(mutant, [equal])));
  assertEquals(known(CODE), ["swap operator: === → !=="]);
  assertEquals(known(`\n\n${CODE}`), known(CODE));
  assertEquals(known(CODE.replace("!list.length", "list.length === 1")), []);
  assertEquals(known(CODE, "another.ts"), []);
});
