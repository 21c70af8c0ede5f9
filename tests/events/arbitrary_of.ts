/** Values that fit a schema of zod, for the kinds of which facts are made. */
import fc from "fast-check";
import { z } from "zod";

type Schema = z.core.$ZodType;

/** Arbitraries for shared shapes that a schema cannot tell, or that are better small. */
export type Known = ReadonlyMap<Schema, fc.Arbitrary<unknown>>;

/** Longest text, and longest list, where the schema lets them be longer or no shape is known. */
const TEXT_MAX = 20;
const LIST_MAX = 3;
const HEX = fc.constantFrom(..."0123456789abcdef");

/** Values that fit; throws a TypeError that says where for a schema that has to be made known. */
export function arbitraryOf(schema: Schema, known: Known, where = "it"): fc.Arbitrary<unknown> {
  const shared = known.get(schema);
  if (shared) return shared;
  if (schema instanceof z.ZodNullable) {
    return fc.option(arbitraryOf(schema.unwrap(), known, where));
  }
  if (schema instanceof z.ZodObject) return objectOf(schema, known, where);
  if (schema instanceof z.ZodArray) return listOf(schema, known, where);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber && schema.isInt) return integerOf(schema);
  if (schema instanceof z.ZodUUID) return fc.uuid();
  if (isPlainText(schema)) return textOf(schema);
  throw new TypeError(`Cannot make up ${where}: its schema must be made known to any_fact.ts`);
}

function objectOf({ shape }: z.ZodObject, known: Known, where: string): fc.Arbitrary<unknown> {
  const fields = Object.entries<Schema>(shape);
  const values: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    fields.map(([field, it]) => {
      const present = it instanceof z.ZodExactOptional ? it.unwrap() : it;
      return [field, arbitraryOf(present, known, `${where}.${field}`)];
    }),
  );
  const requiredKeys = Object.keys(values).filter((field) =>
    !(shape[field] instanceof z.ZodExactOptional)
  );
  return fc.record(values, { requiredKeys });
}

function listOf(schema: z.ZodArray, known: Known, where: string): fc.Arbitrary<unknown> {
  const { min = 0, max = LIST_MAX } = lengthsOf(schema);
  const item = arbitraryOf(schema.element, known, `${where}[]`);
  return fc.array(item, { minLength: min, maxLength: Math.max(min, Math.min(max, LIST_MAX)) });
}

function integerOf(schema: z.ZodNumber): fc.Arbitrary<number> {
  const { minValue, maxValue } = schema;
  const least = Math.max(minValue ?? 0, Number.MIN_SAFE_INTEGER);
  const fits = (value: number) => schema.safeParse(value).success;
  const min = fits(least) ? least : least + 1;
  const most = Math.min(maxValue ?? min, min + 2 ** 31 - 1);
  return fc.integer({ min, max: fits(most) ? most : most - 1 });
}

/** Hex, or text of which nothing but its length is asked. */
function isPlainText(schema: Schema): schema is z.ZodStringFormat<"hex"> | z.ZodString {
  if (schema instanceof z.ZodStringFormat) return schema.format === "hex";
  if (!(schema instanceof z.ZodString)) return false;
  const checks = schema.def.checks ?? [];
  return checks.every(({ _zod: { def } }) =>
    /^(?:min|max)_length$|^length_equals$/.test(def.check)
  );
}

function textOf(schema: z.ZodStringFormat<"hex"> | z.ZodString): fc.Arbitrary<string> {
  const { min, max } = { min: schema.minLength ?? 0, max: schema.maxLength ?? TEXT_MAX };
  const lengths = { minLength: min, maxLength: Math.max(min, max) };
  return fc.string(schema.format === "hex" ? { ...lengths, unit: HEX } : lengths);
}

function lengthsOf({ def }: z.ZodArray): { min?: number; max?: number } {
  const lengths: { min?: number; max?: number } = {};
  for (const check of def.checks ?? []) {
    if (check instanceof z.core.$ZodCheckMinLength) lengths.min = check._zod.def.minimum;
    if (check instanceof z.core.$ZodCheckMaxLength) lengths.max = check._zod.def.maximum;
  }
  return lengths;
}
