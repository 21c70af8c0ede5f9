/** Every answer that the world may give to what a chart wants to know. */
import { z } from "zod";
import type { FactDefinition } from "../../events/fact.ts";
import type { Fact } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import { dialogue } from "../../machines/dialogue.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import { objectsOf } from "../events/samples_of.ts";

type Made = Readonly<Record<string, unknown>>;

/** Where an answer is more than its fields: by the name of the effect. */
const COMPLETED: Readonly<Record<string, (answer: Made, params: Made) => Made[]>> = {
  issueEditions(answer, params) {
    if (!Array.isArray(answer.cards)) return [answer];
    const { from, count } = z.object({ from: z.int(), count: z.int() }).parse(params);
    const [card] = answer.cards;
    const cards = Array.from({ length: count }, (_, i) => ({ ...card, edition: from + i }));
    return [{ ...answer, cards }];
  },
  readCode: (answer) =>
    "reason" in answer || "mistake" in answer ? [answer, { ...answer, missed: true }] : [answer],
};

/**
 * The answers to an ask or a job, none to a send or a tell: each fact that its definition names, with
 * what the effect says under the same names, and every combination of the rest.
 */
export function answersTo({ type, params }: Effect): Fact[] {
  const { answers = [] } = dialogue.effects.get(type) ?? {};
  const complete = COMPLETED[type] ?? ((answer) => [answer]);
  return answers.flatMap((answer) =>
    madeOf(answer, params).flatMap((made) => complete(made, params)).map((made) =>
      checkFact({ ...made, type: answer.type }, `an answer to ${type}`)
    )
  );
}

function madeOf({ type, schema }: FactDefinition, params: Made): Made[] {
  if (schema instanceof z.ZodObject) return objectsOf(schema.shape, { ...params, type }, type);
  throw new TypeError(`Cannot make up ${type}: it is no object`);
}
