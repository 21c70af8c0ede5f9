/** Who answers one kind of effect with a fact: an ask before the commit, or a job after it. */
import type { Fact } from "../../events/facts.ts";
import type { AnswerOf, Effect, EffectDefinition, ParamsOf } from "../../machines/flow/effect.ts";

/** `Moment` is what an answer may depend on beside the effect: who asks, or until when. */
export interface Answerer<Moment> {
  readonly type: string;
  /** Throws where the params are not as the effect's definition has them. */
  answer(params: unknown, moment: Moment): Promise<Fact>;
}

/** Answers effects of this definition, with one of the facts that it names. */
export const answering =
  <Definition extends EffectDefinition>({ type, params: schema }: Definition) =>
  <Moment>(
    answer: (params: ParamsOf<Definition>, moment: Moment) => Promise<AnswerOf<Definition>>,
  ): Answerer<Moment> => ({
    type,
    answer: async (params, moment) =>
      // One of the facts of the definition, which is one of all.
      await answer(schema.parse(params) as ParamsOf<Definition>, moment) as Fact,
  });

/** Answers any effect that one of these answers; throws for others. */
export function answeringAll<Moment>(
  answerers: readonly Answerer<Moment>[],
): (effect: Effect, moment: Moment) => Promise<Fact> {
  const byType = new Map(answerers.map((answerer) => [answerer.type, answerer]));
  return async ({ type, params }, moment) => {
    const answerer = byType.get(type);
    if (!answerer) throw new Error(`Cannot answer ${type}: no flow does`);
    return await answerer.answer(params, moment);
  };
}
