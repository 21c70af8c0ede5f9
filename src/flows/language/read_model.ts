/** The language that each person chose, the newest choice first. */
import type postgres from "postgres";
import { dialogueStream, groupStreams } from "../../../events/stream.ts";
import languages from "./0005_languages.sql" with { type: "text" };
import type { Migration } from "../../store/migrate.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { batchedReader } from "../../store/batched_reader.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { personOfStream } from "../../projections/person_of_stream.ts";
import type { ReadSource } from "../../projections/readers.ts";

export const migrations: readonly Migration[] = [{ name: "0005_languages", sql: languages }];

export const readModel = projection("languages", { tables: ["languages"] }, [
  { applies: ["LanguageChosen"], move: choose },
]);

function choose(tx: postgres.ISql, { after, upto }: PositionRange) {
  const person = personOfStream(tx);
  return tx<[]>`
    insert into languages (person, language)
    select distinct on (${person}) ${person}, data->>'language'
    from events where pos > ${after} and pos <= ${upto} and type = 'LanguageChosen'
    order by ${person}, pos desc
    on conflict (person) do update set language = excluded.language`;
}

/** The choices of these people, as the transaction sees them. */
export function chosenWithin(
  tx: postgres.ISql,
  people: readonly string[],
): Promise<{ person: string; language: string }[]> {
  return tx<{ person: string; language: string }[]>`
    select person, language from languages where person = any(${people}::uuid[])`.execute();
}

export interface Languages {
  /** What a person chose; null where they left it to their phone. */
  chosenBy(person: string): Promise<string | null>;
  /** Every choice of theirs, and its position, in order. */
  choicesOf(person: string): Promise<readonly LanguageChoice[]>;
}

export interface LanguageChoice {
  pos: number;
  language: string;
}

export function openLanguages({ sql }: ReadSource): Languages {
  // Every update asks this: those that are heard at once share a query.
  const chosenBy = batchedReader(async (people) => {
    const rows = await chosenWithin(sql, people);
    return rows.map(({ person, language }) => [person, language]);
  });
  return {
    chosenBy,
    choicesOf: async (person) =>
      await sql<LanguageChoice[]>`
        select pos::float8 as pos, data->>'language' as language from events
        where type = 'LanguageChosen' and stream in (
          select stream from streams where stream = ${dialogueStream(person)}
            or starts_with(stream, ${groupStreams(person)})
        ) order by pos`.catch(throwStoreError),
  };
}

/** What was chosen last in these facts of one dialogue; null where nothing was. */
export function languageChosenIn(
  facts: readonly { type: string; data: { readonly language?: unknown } }[],
): string | null {
  const chosen = facts.findLast(({ type }) => type === "LanguageChosen");
  return chosen ? String(chosen.data.language) : null;
}
