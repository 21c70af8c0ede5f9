/** Appends facts that a walk of the chart found, as the engine would have appended them. */
import type { Fact } from "../../events/facts.ts";
import type { Charts } from "../../machines/flow/chart.ts";
import type { Effect } from "../../machines/flow/effect.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { sealWords } from "../../src/runtime/seal_words.ts";
import { answersTo } from "../machines/answers.ts";
import { givenEngine, type Sql } from "./given_engine.ts";

/** Appends the facts to `stream` by the current chart; asks are answered with the next fact of the path. */
export async function appendPath(
  sql: Sql,
  charts: Charts,
  stream: string,
  path: readonly RecordedFact[],
  seal: (words: string) => string = () => "s1.sealed",
): Promise<void> {
  let at = 0;
  const ask = (effect: Effect): Promise<Fact> => {
    const next = path[++at];
    const answer = next ? factOf(next) : answersTo(effect)[0];
    return answer
      ? Promise.resolve(answer)
      : Promise.reject(new Error(`No answer: ${effect.type}`));
  };
  const { engine } = givenEngine(sql, { charts, ask });
  for (; at < path.length; at++) {
    const recorded = path[at];
    if (!recorded) break;
    const handled = await engine.answer({
      cause: `update:1:${crypto.randomUUID()}`,
      correlation: "golden",
      stream,
      fact: await sealWords(factOf(recorded), (words) => Promise.resolve(seal(words))),
      at: recorded.at,
    });
    if (handled !== "applied") throw new Error(`${recorded.type} was ${handled} at ${at}`);
  }
}

function factOf({ at: _, version: __, ...fact }: RecordedFact): Fact {
  return fact as Fact;
}
