import { assert, assertEquals } from "@std/assert";
import { z } from "zod";
import { CardId, Person } from "../../events/card.ts";
import { fact } from "../../events/fact.ts";
import { sealed } from "../../events/sensitive.ts";
import { dialogueStream } from "../../events/stream.ts";
import { sealedIn } from "../../src/replay/log/sealed_in.ts";
import type { LogFault } from "../../src/replay/verify/fault.ts";
import { checkSeals } from "../../src/replay/verify/verify_seals.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { databaseTest } from "../database.ts";
import { text } from "../machines/samples.ts";
import { givenDialogues } from "../runtime/given_dialogues.ts";

const ANNA = "0191e2f0-0000-4000-8000-00000000000a";
const BORIS = "0191e2f0-0000-4000-8000-00000000000b";

const secretTold = fact("SecretTold", {
  card: CardId,
  to: Person,
  mine: sealed(z.string(), { for: "self", when: "heard" }),
  theirs: sealed(z.string(), { for: "to", secret: true }).nullable(),
});
const definitions = new Map([[secretTold.type, secretTold]]);

function told(change: Partial<EventRow> & { theirs?: string | null } = {}): EventRow {
  const { theirs = "s1.theirs", ...row } = change;
  return {
    ...{ pos: 7, id: "", version: 3, schema_version: 1, at: 0, effects: [], machine: "" },
    ...{ causation: "", correlation: "", state_hash: "", envelope: null, prev_hash: "", hash: "" },
    stream: dialogueStream(ANNA),
    type: "SecretTold",
    data: { card: BORIS, to: BORIS, mine: "s1.mine", theirs },
    ...row,
  };
}

Deno.test("sealed fields of a fact are found with the person whose key opens them", () => {
  const mine = { field: "mine", person: ANNA, token: "s1.mine", secret: false };
  const theirs = { field: "theirs", person: BORIS, token: "s1.theirs", secret: true };
  assertEquals(sealedIn(told(), definitions), [mine, theirs]);
  assertEquals(sealedIn(told({ stream: dialogueStream(ANNA, -100) }), definitions), [mine, theirs]);
  assertEquals(sealedIn(told({ theirs: null }), definitions), [mine]);
  assertEquals(sealedIn(told({ stream: "case:1" }), definitions), [theirs]);
  assertEquals(sealedIn(told({ type: "OtherTold" }), definitions), []);
});

Deno.test("verify tries every field that a fact marks as sealed, and names those that are broken", async () => {
  const tried: string[] = [];
  const faults: LogFault[] = [];
  const opens = (person: string, token: string) => {
    tried.push(`${person} ${token}`);
    return Promise.resolve(token === "s1.mine" ? "opens" as const : "broken" as const);
  };
  assertEquals(await checkSeals([told()], opens, (fault) => faults.push(fault), definitions), 1);
  assertEquals(tried, [`${ANNA} s1.mine`, `${BORIS} s1.theirs`]);
  assertEquals(faults, [{
    pos: 7,
    sentence: `dialogue:${ANNA} version 3 (pos 7, SecretTold): ` +
      "what is sealed in its theirs does not open",
  }]);
});

/** All that `seal` made, wherever it lies. */
const tokensIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(/"(s1\.[\w-]{38,})"/g)].map(([, token = ""]) => token);

databaseTest(
  "verify knows every field and column in which something is sealed",
  async ({ sql }) => {
    const { people, meet, does, issues } = await givenDialogues(sql);
    const person = await meet(1);
    await issues(person, "Sea");
    const [card] = await sql<{ code: string }[]>`select code from cards`;
    await does(person, text(card?.code ?? ""));
    const payload = await people.seal(person, "{}");
    await sql`insert into failed_updates (reference, cause, stream, payload, error)
    values ('REF', 'c', ${dialogueStream(person)}, ${payload}, 'e')`;
    const rows = await sql<EventRow[]>`select * from events order by pos`;
    const tokens = rows.flatMap(({ data }) => tokensIn(data));
    assertEquals(rows.flatMap((row) => sealedIn(row)).map(({ token }) => token), tokens);
    assert(tokens.length > 0);
    const columns = await sql<{ table: string; column: string }[]>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and data_type in ('text', 'jsonb')`;
    const found = [];
    for (const { table, column } of columns) {
      const [row] = await sql<{ is: boolean }[]>`
      select exists (select from ${sql(table)} where ${
        sql(column)
      }::text ~ 's1\\.[\\w-]{38,}') as is`;
      if (row?.is) found.push(`${table}.${column}`);
    }
    // Fields of facts are found by their marks, and effects carry the tokens that were in fields; a
    // person's key is opened by all that is tried with it.
    assertEquals(found.toSorted(), [
      "events.data",
      "events.effects",
      "failed_updates.payload",
      "outbox.payload",
      "people.key",
      "people.names",
    ]);
  },
);

Deno.test("words from before they were sealed are not taken for sealed ones", () => {
  const row = { stream: dialogueStream(ANNA), type: "NameProvided" };
  assertEquals(sealedIn({ ...row, data: { name: "Зонт" } }), []);
  const token = `s1.${"a".repeat(40)}`;
  const found = { field: "name", person: ANNA, token, secret: false };
  assertEquals(sealedIn({ ...row, data: { name: token } }), [found]);
});
