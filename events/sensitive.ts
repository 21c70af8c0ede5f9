/**
 * What of a fact is personal or secret. A schema carries it as a mark: a log that may tell of nobody,
 * and all that seals, opens or tries what is sealed, read it from there.
 */
import { z } from "zod";

/**
 * What takes the place of a value in a log that tells of nobody: itself for "keep"; a stand-in of
 * its kind else, or of a "text". A "word" is kept where it looks like one of the program's; a
 * "state" is left to those who can fold it; a "token" is something sealed.
 */
export type StandIn =
  | ("keep" | "word" | "state" | "token")
  | ("uuid" | "code" | "sha256" | "text" | "number");

/** That of a value, or of each field of an object; lists have that of what is in them. */
export type StandInRule = StandIn | { readonly [field: string]: StandInRule };

/** With whose key a field is sealed, and who may see what is in it. */
export interface Seal {
  /** "self": the person of the dialogue; else the field that names the person. */
  readonly for: string;
  /** "heard": the fact is proposed with what the person typed, and sealed before it is appended. */
  readonly when?: "heard";
  /** Facts from before it was sealed hold it in the clear. */
  readonly once_plain?: true;
  /** Knowing it gives a right: it is opened only for the person whom it is sealed for. */
  readonly secret?: true;
}

/** A field of a fact that is sealed. */
export interface SealedField extends Seal {
  readonly field: string;
}

/** Written once, where a schema is made. */
const marks = z.registry<{ readonly as: StandIn; readonly seal?: Seal }>();

/** The schema, marked with what takes the place of its values. */
export function sensitive<Schema extends z.ZodType>(
  schema: Schema,
  as: Exclude<StandIn, "token">,
): Schema {
  marks.add(schema, { as });
  return schema;
}

/** The schema of a field of a fact, marked as sealed. */
export function sealed<Schema extends z.ZodType>(schema: Schema, seal: Seal): Schema {
  marks.add(schema, { as: "token", seal });
  return schema;
}

/** What takes the place of what fits the schema. A string that nobody decided about is a "text". */
export function standInRule(schema: z.core.$ZodType): StandInRule {
  const as = marks.get(schema)?.as;
  if (as !== undefined) return as;
  if (isWrapped(schema)) return standInRule(schema.unwrap());
  if (schema instanceof z.ZodArray) return standInRule(schema.element);
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    return Object.fromEntries(fields.map(([name, it]) => [name, standInRule(it)]));
  }
  return KEPT.some((kind) => schema instanceof kind) ? "keep" : "text";
}

const isWrapped = (schema: z.core.$ZodType) =>
  schema instanceof z.ZodNullable || schema instanceof z.ZodOptional ||
  schema instanceof z.ZodExactOptional;

/** Kinds that tell of nobody. */
const KEPT = [z.ZodNumber, z.ZodBoolean, z.ZodEnum, z.ZodLiteral];

/** Which fields of a fact are sealed. */
export function sealedFields(schema: z.ZodType): readonly SealedField[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([field, it]) => {
    const seal = sealOf(it);
    return seal === undefined ? [] : [{ field, ...seal }];
  });
}

function sealOf(schema: z.core.$ZodType): Seal | undefined {
  return marks.get(schema)?.seal ?? (isWrapped(schema) ? sealOf(schema.unwrap()) : undefined);
}

/** Throws a TypeError where a seal of a fact could not be opened as it says. */
export function checkSealed(type: string, schema: z.ZodObject): void {
  const fields = sealedFields(schema);
  for (const [field, it] of Object.entries(schema.shape)) {
    const within = JSON.stringify(standInRule(it)).includes('"token"');
    if (!within || fields.some((sealed) => sealed.field === field)) continue;
    throw new TypeError(`Cannot seal what is inside ${field} of ${type}: only a field as a whole`);
  }
  for (const { field, for: whose, when } of fields) {
    if (whose !== "self" && (!(whose in schema.shape) || when === "heard")) {
      throw new TypeError(
        `Cannot seal ${field} of ${type} for ${whose}: that names no such person`,
      );
    }
  }
}
