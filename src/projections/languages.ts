/** The language that each person chose, the newest choice first. */
import type postgres from "postgres";
import { groupCommit } from "../store/group_commit.ts";
import { throwStoreError } from "../store/store_unavailable.ts";
import { personOfStream } from "./person_of_stream.ts";
import { projection, type Range } from "./projection.ts";

export const languagesProjection = projection("languages", ["languages"], [
  { applies: ["LanguageChosen"], move: choose },
]);

function choose(tx: postgres.ISql, { after, upto }: Range) {
  const person = personOfStream(tx);
  return tx<[]>`
    insert into languages (person, language)
    select distinct on (${person}) ${person}, data->>'language'
    from events where pos > ${after} and pos <= ${upto} and type = 'LanguageChosen'
    order by ${person}, pos desc
    on conflict (person) do update set language = excluded.language`;
}

export interface Languages {
  /** What a person chose; null where they left it to their phone. */
  chosenBy(person: string): Promise<string | null>;
}

export function openLanguages(sql: postgres.Sql): Languages {
  // Every message asks this: those that go out at once share a query.
  let lookups = 0;
  const chosen = groupCommit<{ id: string; person: string }, string | null>({
    keyOf: ({ id }) => id,
    flush: async (asked) => {
      const people = [...new Set(asked.map(({ person }) => person))];
      const rows = await sql<{ person: string; language: string }[]>`
        select person, language from languages where person = any(${people}::uuid[])`
        .catch(throwStoreError);
      const found = new Map(rows.map(({ person, language }) => [person, language]));
      return asked.map(({ person }) => found.get(person) ?? null);
    },
    retriesAlone: () => false,
  });
  return { chosenBy: (person) => chosen.submit({ id: String(lookups++), person }) };
}
