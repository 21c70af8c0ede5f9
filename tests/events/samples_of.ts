/** A few values that fit a schema of zod, always the same ones. */
import { z } from "zod";
import { Person } from "../../events/card.ts";
import { SeveralCodes } from "../../events/photo.ts";
import { CARD, CODE, OTHER_CODE, PERSON, sha } from "../machines/samples.ts";

type Schema = z.core.$ZodType;

/** What is tried where a schema cannot say what it wants: the first that fits is taken. */
const TEXTS = ["Winter sea", CODE, CARD, sha("d"), "1:0"];
const NUMBERS = [7, 8];
/** Shared shapes that a schema cannot tell from others. */
const KNOWN: ReadonlyMap<Schema, readonly unknown[]> = new Map<Schema, readonly unknown[]>([
  [Person, [PERSON]],
  [SeveralCodes.codes, [[CODE, OTHER_CODE]]],
]);

/**
 * Values that fit: every one of an enumeration, both of a boolean, two numbers where they fit, else
 * one. Throws a TypeError that says where for a schema of which nothing here is one.
 */
export function samplesOf(schema: Schema, where = "it"): readonly unknown[] {
  const known = KNOWN.get(schema);
  if (known) return known;
  if (
    schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional
  ) {
    return samplesOf(schema.unwrap(), where);
  }
  if (schema instanceof z.ZodObject) return objectsOf(schema.shape, {}, where);
  if (schema instanceof z.ZodArray) return [samplesOf(schema.element, `${where}[]`).slice(0, 1)];
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral) return [...schema.values];
  if (schema instanceof z.ZodBoolean) return [true, false];
  const numbers = NUMBERS.filter((it) => z.safeParse(schema, it).success);
  if (schema instanceof z.ZodNumber && numbers.length > 0) return numbers;
  const fits = TEXTS.find((it) => z.safeParse(schema, it).success);
  if (fits !== undefined) return [fits];
  throw new TypeError(`Cannot make up ${where}: add what fits it to samples_of.ts`);
}

/** Objects of every combination of samples; a field that `fixed` has, and that may be it, is that. */
export function objectsOf(
  shape: Readonly<Record<string, Schema>>,
  fixed: Readonly<Record<string, unknown>>,
  where = "it",
): Record<string, unknown>[] {
  return Object.entries(shape).reduce<Record<string, unknown>[]>(
    (made, [field, schema]) => {
      // As it was before there was such a field, unless it is told.
      if (schema instanceof z.ZodExactOptional && !(field in fixed)) return made;
      const isFixed = field in fixed && z.safeParse(schema, fixed[field]).success;
      const values = isFixed ? [fixed[field]] : samplesOf(schema, `${where}.${field}`);
      return made.flatMap((it) => values.map((value) => ({ ...it, [field]: value })));
    },
    [{}],
  );
}
