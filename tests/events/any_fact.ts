/** Any fact at all, of every kind, for property-based tests: made up from the schemas. */
import fc from "fast-check";
import type { z } from "zod";
import { CardNumber, Name, NAME_MAX } from "../../events/card.ts";
import { Code, CODE_ALPHABET, CODE_LENGTH, completeCode } from "../../events/code.ts";
import { ChartUpgraded } from "../../events/dialogue.ts";
import { CallId } from "../../events/fact.ts";
import { type Fact, facts } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import { arbitraryOf, type Known } from "./arbitrary_of.ts";

const random = fc.string({
  unit: fc.constantFrom(...CODE_ALPHABET),
  minLength: CODE_LENGTH - 1,
  maxLength: CODE_LENGTH - 1,
});
const name = fc.string({ minLength: 1, maxLength: NAME_MAX, unit: "grapheme" })
  .filter(({ length }) => length <= NAME_MAX);
const json = fc.json().map((text): unknown => JSON.parse(text));

const known: Known = new Map<z.core.$ZodType, fc.Arbitrary<unknown>>([
  [Code, random.map(completeCode)],
  // Early ones, so that some are those of calls that were made.
  [CallId, fc.integer({ min: 1, max: 20 }).map((version) => `${version}:0`)],
  // Small ones, so that some are met again.
  [CardNumber, fc.integer({ min: 1, max: 9 })],
  [Name, name],
  [ChartUpgraded.schema.shape.state, json],
]);

/** Every kind of fact that there is. */
export const factTypes = [...facts.values()].map(({ type }) => type as Fact["type"]);

/** Facts of one kind. */
export function factOf(type: Fact["type"]): fc.Arbitrary<Fact> {
  const schema = facts.get(type)?.schema;
  if (!schema) throw new TypeError(`Cannot make up ${type}: there is no such fact`);
  return arbitraryOf(schema, known, type)
    .map((made) => checkFact({ type, ...Object(made) }, `a made-up ${type}`));
}

/** Any fact. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(...factTypes.map(factOf));
