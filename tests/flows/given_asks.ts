/** Asks of one flow over a database with one card in it. */
import { v4, v7 } from "uuid";
import { openAll } from "../../src/base/sealed_words.ts";
import { projections } from "../../src/flows/projections.ts";
import type { Asker, AskKit } from "../../src/flows/flow_parts.ts";
import type { Effect, EffectDefinition, ParamsOf } from "../../machines/flow/effect.ts";
import { dialogueStream } from "../../events/stream.ts";
import type { Fact } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import { inlineProjection } from "../../src/projections/projection.ts";
import { openReaders } from "../../src/projections/readers.ts";
import { type Answerer, answeringAll } from "../../src/runtime/answerer.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { freshCode, issued, withdrawn, write } from "../store/pen.ts";

export const callId = "3:0";
/** Something that is sealed. */
export const TOKEN = `s1.${"a".repeat(40)}`;

interface Given {
  names?: string | null;
  makers?: boolean;
  /** What every token opens to; null where the key is gone. */
  opened?: string | null;
}

/** A card of `maker`, number 1, and `ask`, which answers as the flow's own hands do. */
export async function givenAsks(
  { sql }: Pick<Database, "sql">,
  asks: (kit: AskKit) => readonly Answerer<Asker>[],
  { names = "s1.sealed", makers = true, opened = "opened" }: Given = {},
) {
  const [card, maker, code] = [v4(), v4(), freshCode()];
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const draft = issued(card, maker);
  await write(log, "maker", { ...draft, data: { ...draft.data, code, name: "Зимнее море" } });
  const answer = answeringAll(asks({
    read: openReaders({ sql }),
    isMaker: () => Promise.resolve(makers),
    sealedNames: () => Promise.resolve(names),
    open: (_, words) => openAll(words, () => Promise.resolve(opened)),
    seal: (person, text) => Promise.resolve(`sealed for ${person}: ${text}`),
    newId: v7,
  }));
  /** The answer to this effect for this person: a fact that the log would take. */
  async function ask<Definition extends EffectDefinition>(
    { type }: Definition,
    params: Omit<ParamsOf<Definition>, "callId">,
    person: string,
  ): Promise<Fact> {
    const effect: Effect = { type, params: { callId, ...params } };
    const fact = await answer(effect, { person, stream: dialogueStream(person) });
    return checkFact(fact, `an answer to ${type}`);
  }
  return { ask, card, maker, code, withdraw: () => write(log, "maker", withdrawn(card)) };
}
