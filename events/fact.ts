import { z } from "zod";
import { checkSealed, sensitive } from "./sensitive.ts";

/** The data of a fact in an older shape, as it stands in the log. */
type OldData = Record<string, unknown>;

/** Turns the data of one version of a fact into the data of the next. */
export type Upcast = (data: OldData) => OldData;

/** One kind of fact: its name, its current version, its strict schema and how older versions become it. */
export interface FactDefinition<
  Type extends string = string,
  Schema extends z.ZodType = z.ZodType,
> {
  readonly type: Type;
  readonly version: number;
  readonly schema: Schema;
  readonly upcasts: readonly Upcast[];
}

/**
 * Defines a fact: past tense, in the domain's words, exactly these fields and no more.
 * A released fact is frozen: a new shape is a new version, and `upcasts[n]` lifts data of version n + 1.
 */
export function fact<Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
  upcasts: readonly Upcast[] = [],
) {
  const schema = z.strictObject({ type: z.literal(type), ...fields });
  checkSealed(type, schema);
  return { type, version: upcasts.length + 1, schema, upcasts } as const;
}

/** The fact that a definition describes, with its `type`. */
export type FactOf<Definition extends { schema: z.ZodType }> = z.infer<Definition["schema"]>;

/** `<version>:<index>`: the call of a dialogue to which an answer belongs. */
export const CallId = sensitive(z.string().regex(/^[1-9]\d*:\d+$/), "keep");

/** Milliseconds since 1970, by the app's clock. */
export const Millis = z.int().nonnegative();
