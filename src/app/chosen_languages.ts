/**
 * The language that somebody had chosen once a fact of their dialogue was committed. It comes along
 * with the append, so that no message asks for it, and nobody's choice is passed over, whichever
 * process or dialogue it was made in.
 */
import { LRUCache } from "lru-cache";
import { readDialogueStream } from "../../events/stream.ts";
import { chosenWithin } from "../flows/language/read_model.ts";
import type { ReadAlong } from "../store/append.ts";
import type { Log } from "../store/log.ts";

export interface ChosenLanguages {
  /** Null where they left it to their phone; undefined where the fact is not known any more. */
  after(fact: string): string | null | undefined;
  /** A log whose appends are remembered. */
  keptFrom(log: Log): Log;
}

/** Facts whose messages may still be on their way. */
const FACTS_MAX = 10_000;

export function openChosenLanguages(): ChosenLanguages {
  // An LRU's undefined is a gap, so the language stands in an object.
  const byFact = new LRUCache<string, { language: string | null }>({ max: FACTS_MAX });
  return {
    after: (fact) => byFact.get(fact)?.language,
    keptFrom: (log) => ({
      ...log,
      async append(append) {
        const appended = await log.append(append);
        if (appended.is === "appended") {
          const { along } = appended;
          const language = typeof along === "string" ? along : null;
          for (const { id } of append.events) byFact.set(id, { language });
        }
        return appended;
      },
    }),
  };
}

/** What the people of these streams have chosen. */
export const readChosen: ReadAlong = async (tx, streams) => {
  const personOf = new Map(
    streams.map((stream) => [stream, readDialogueStream(stream)?.person] as const),
  );
  const people = new Set([...personOf.values()].filter((person) => person !== undefined));
  const rows = await chosenWithin(tx, [...people]);
  const chosen = new Map(rows.map(({ person, language }) => [person, language]));
  return new Map(streams.map((stream) => {
    const person = personOf.get(stream);
    return [stream, person === undefined ? null : chosen.get(person) ?? null];
  }));
};
