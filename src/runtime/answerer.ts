/** Who answers one kind of effect with a fact: an ask before the commit, or a job after it. */
import type { Fact } from "../../events/facts.ts";
import {
  type AnswerOf,
  type Effect,
  type EffectDefinition,
  type ParamsOf,
  readParams,
} from "../../machines/flow/effect.ts";

/** `Moment` is what an answer may depend on beside the effect: who asks, or until when. */
export interface Answerer<Moment> {
  readonly type: string;
  /** Throws where the params are not as the effect's definition has them. */
  answer(params: unknown, moment: Moment): Promise<Fact>;
}

/** Answers effects of this definition, with one of the facts that it names. */
export const answering = <Definition extends EffectDefinition>(definition: Definition) =>
<Moment>(
  answer: (params: ParamsOf<Definition>, moment: Moment) => Promise<AnswerOf<Definition>>,
): Answerer<Moment> => ({
  type: definition.type,
  async answer(params, moment) {
    const read = readParams(definition, params);
    if ("wrong" in read) throw new Error(`Cannot answer ${definition.type}: ${read.wrong}`);
    // One of the facts of the definition, which is one of all.
    return await answer(read.params, moment) as Fact;
  },
});

/** Answers any effect that one of these answers; throws for others, and where two are for one. */
export function answeringAll<Moment>(
  answerers: readonly Answerer<Moment>[],
): (effect: Effect, moment: Moment) => Promise<Fact> {
  const byType = new Map<string, Answerer<Moment>>();
  for (const answerer of answerers) {
    const { type } = answerer;
    if (byType.has(type)) throw new Error(`Cannot answer ${type}: two flows would`);
    byType.set(type, answerer);
  }
  return async ({ type, params }, moment) => {
    const answerer = byType.get(type);
    if (!answerer) throw new Error(`Cannot answer ${type}: no flow does`);
    return await answerer.answer(params, moment);
  };
}
