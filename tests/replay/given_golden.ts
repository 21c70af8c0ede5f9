/** The golden log in a database of its own, and which of its dialogues is which. */
import { assertEquals, assertExists } from "@std/assert";
import type postgres from "postgres";
import { databaseTest, type FreshDatabase } from "../database.ts";
import { nameOfGolden, readGolden } from "../logs/golden_logs.ts";
import { replay } from "./given_replay.ts";

export interface GivenGolden {
  sql: postgres.Sql;
  database: FreshDatabase;
  /** Runs a command line, and expects this code. */
  run(code: number, ...args: string[]): Promise<string[]>;
  /** The dialogue in which most cards were issued: a maker's. */
  maker: string;
}

/** A test on the golden log. */
export function goldenDatabaseTest(
  name: string,
  test: (given: GivenGolden) => Promise<void>,
): void {
  databaseTest(name, async (database) => {
    const { sql } = database;
    const file = nameOfGolden();
    const imported = await replay(null, ["import", file, "--into", "here"], {
      files: { [file]: await readGolden(file) },
      into: sql,
    });
    assertEquals(imported.code, 0, imported.notes.join());
    const [row] = await sql<{ stream: string }[]>`
      select stream from events where type = 'CardIssued'
      group by stream order by count(*) desc, min(pos) limit 1`;
    assertExists(row);
    await test({
      sql,
      database,
      maker: row.stream,
      async run(code, ...args) {
        const outcome = await replay(sql, args);
        assertEquals(outcome.code, code, [...outcome.lines, ...outcome.notes].join("\n"));
        return code === 0 || outcome.notes.length === 0 ? outcome.lines : outcome.notes;
      },
    });
  });
}

/** Everything in the database, as text: equal dumps, equal databases. */
export async function dump(sql: postgres.Sql): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r' order by relname`;
  const texts: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ text: string }[]>`
      select coalesce(string_agg(t::text, chr(10) order by t::text), '') as text
      from ${sql(name)} t`;
    texts[name] = row?.text ?? "";
  }
  return texts;
}
