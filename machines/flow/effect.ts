/**
 * What a dialogue may want done outside it. A chart names an effect and its params and performs
 * nothing; only src/runtime does, after the facts are committed (asks: before).
 */
import { z } from "zod";
import { CallId, type FactDefinition, type FactOf } from "../../events/fact.ts";

/**
 * How an effect is carried out. An ask is answered before the commit, a job after it, both by a fact
 * with the effect's callId; a send is what the person sees; a tell is a fact for another stream.
 */
export type EffectKind = "ask" | "send" | "job" | "tell";

/** One kind of effect. `answers` are the facts that answer an ask or a job. */
export interface EffectDefinition<
  Type extends string = string,
  Params extends z.ZodType = z.ZodType,
  Answers extends readonly FactDefinition[] = readonly FactDefinition[],
> {
  readonly type: Type;
  readonly kind: EffectKind;
  readonly params: Params;
  readonly answers: Answers;
}

/** An effect as a chart names it and the log keeps it; its definition says what its params are. */
export interface Effect {
  readonly type: string;
  readonly params: { readonly [name: string]: unknown };
}

/** What a definition's effects carry. */
export type ParamsOf<Definition extends { params: z.ZodType }> = z.infer<Definition["params"]>;

/** The facts that answer a definition's effects. */
export type AnswerOf<Definition extends { answers: readonly FactDefinition[] }> = FactOf<
  Definition["answers"][number]
>;

const called = (kind: "ask" | "job") =>
<
  Type extends string,
  Fields extends z.ZodRawShape,
  const Answers extends readonly FactDefinition[],
>(
  type: Type,
  fields: Fields,
  answers: Answers,
) => ({ type, kind, params: z.object({ callId: CallId, ...fields }), answers });

/** Defines a question that is answered before the commit by one of `answers`. */
export const defineAsk = called("ask");

/** Defines work that is done after the commit and answered later by one of `answers`. */
export const defineJob = called("job");

/** Defines something that the person sees, after the commit and in order. */
export const defineSend = <Type extends string, Fields extends z.ZodRawShape>(
  type: Type,
  fields: Fields,
) => ({ type, kind: "send" as const, params: z.object(fields), answers: [] });

/** Whether an effect is one of this definition. */
export function isEffect<Definition extends EffectDefinition>(
  definition: Definition,
  effect: { readonly type: string },
): effect is { type: Definition["type"]; params: ParamsOf<Definition> } {
  return effect.type === definition.type;
}

/** An effect's params as its definition has them, or what is wrong with them, quoting nothing. */
export function readParams<Definition extends EffectDefinition>(
  { params: schema }: Definition,
  params: unknown,
): { params: ParamsOf<Definition> } | { wrong: string } {
  const read = schema.safeParse(params);
  if (read.success) return { params: read.data as ParamsOf<Definition> };
  const places = read.error.issues.map(({ path, code }) => `${path.join(".")} ${code}`);
  return { wrong: `its params do not fit: ${places.join(", ")}` };
}

type Actions<Definitions extends readonly EffectDefinition[]> = {
  [Definition in Definitions[number] as Definition["type"]]: (
    _: unknown,
    params: ParamsOf<Definition>,
  ) => void;
};

/** The effects as actions that a chart may name: with these params, and doing nothing. */
export function actionsOf<const Definitions extends readonly EffectDefinition[]>(
  ...definitions: Definitions
): Actions<Definitions> {
  const nothing: (_: unknown, params: never) => void = () => {};
  return Object.fromEntries(definitions.map(({ type }) => [type, nothing])) as Actions<Definitions>;
}
