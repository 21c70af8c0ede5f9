/** Whether what is sealed still opens: fields of facts, names of people, updates that failed. */
import type postgres from "postgres";
import type { FactDefinition } from "../../../events/fact.ts";
import { facts } from "../../../events/facts.ts";
import { Stream } from "../../../events/stream.ts";
import type { EventRow } from "../../store/event_row.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { describePlace } from "./check_row.ts";
import { sealedIn } from "../log/sealed_in.ts";
import type { AddFault } from "./found.ts";

/** Tries a token with the key of its person; a person without a key is forgotten, not broken. */
export type TryUnseal = (
  person: string,
  token: string,
) => Promise<"opens" | "broken" | "forgotten">;

const PAGE_SIZE = 500;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Tries what is sealed in these facts; returns how many opened. */
export async function checkSeals(
  rows: readonly EventRow[],
  opens: TryUnseal,
  add: AddFault,
  definitions: ReadonlyMap<string, FactDefinition> = facts,
): Promise<number> {
  const values = rows.flatMap((row) => sealedIn(row, definitions).map((it) => ({ row, ...it })));
  const tried = await Promise.all(
    values.filter(({ person }) => UUID.test(person)).map(async ({ row, field, person, token }) => {
      const answer = await opens(person, token);
      if (answer === "broken") {
        const sentence = `${describePlace(row)}: what is sealed in its ${field} does not open`;
        add({ pos: row.pos, sentence });
      }
      return answer;
    }),
  );
  return tried.filter((answer) => answer === "opens").length;
}

/** Tries what is sealed beside the log; returns how many opened. */
export async function checkKeptSeals(
  sql: postgres.Sql,
  opens: TryUnseal,
  add: AddFault,
): Promise<number> {
  const names = (after: string) =>
    sql<Sealed[]>`
      select person::text as key, person::text as person, names as token,
        'names of person ' || person as what
      from people where names is not null and person::text > ${after}
      order by person::text limit ${PAGE_SIZE}`;
  const failures = (after: string) =>
    sql<Sealed[]>`
      select reference as key, token_person[1] as person, payload as token,
        'failed update ' || reference as what
      from failed_updates, regexp_match(stream, ${Stream.source}) as token_person
      where payload <> '' and reference > ${after} order by reference limit ${PAGE_SIZE}`;
  return await tryAll(names, opens, add) + await tryAll(failures, opens, add);
}

/** Tries the key of each person; those without one are forgotten. */
export async function checkKeys(
  sql: postgres.Sql,
  opensKey: (person: string, key: string) => Promise<boolean>,
  add: AddFault,
): Promise<void> {
  for (let after = "";;) {
    const rows = await sql<{ person: string; key: string }[]>`
      select person::text as person, key from people
      where key is not null and person::text > ${after}
      order by person::text limit ${PAGE_SIZE}`.catch(throwStoreError);
    await Promise.all(rows.map(async ({ person, key }) => {
      if (await opensKey(person, key)) return;
      const sentence =
        `people ${person}: PII_KEY does not open the key in the row; it comes from ` +
        "a backup of the table";
      add({ pos: Infinity, sentence });
    }));
    after = rows.at(-1)?.person ?? after;
    if (rows.length < PAGE_SIZE) return;
  }
}

interface Sealed {
  key: string;
  person: string | null;
  token: string;
  what: string;
}

async function tryAll(
  read: (after: string) => Promise<readonly Sealed[]>,
  opens: TryUnseal,
  add: AddFault,
): Promise<number> {
  let opened = 0;
  for (let after = "";;) {
    const rows = await read(after).catch(throwStoreError);
    const tried = await Promise.all(rows.map(async ({ person, token, what }) => {
      const answer = person === null ? "forgotten" : await opens(person, token);
      if (answer === "broken") {
        add({ pos: Infinity, sentence: `what is sealed does not open: ${what}` });
      }
      return answer;
    }));
    opened += tried.filter((answer) => answer === "opens").length;
    after = rows.at(-1)?.key ?? after;
    if (rows.length < PAGE_SIZE) return opened;
  }
}
