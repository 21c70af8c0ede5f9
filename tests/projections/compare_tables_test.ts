/** Tables are compared by their own primary key, whatever else is called like them. */
import { assertEquals, assertRejects } from "@std/assert";
import type postgres from "postgres";
import { compareTable, replaceTable } from "../../src/projections/compare_tables.ts";
import { databaseTest } from "../database.ts";

type Sql = postgres.Sql;

/**
 * `shelf` in `live` and `derived`, whose key is of two columns and begins with the last; beside
 * them, others of that name with other keys, and another table in `live`.
 */
async function shelves(sql: Sql): Promise<void> {
  const shape = "a int not null, b int unique, c int not null, note text";
  await sql.unsafe(`
    create schema aside; create schema live; create schema derived; create schema zone;
    create table aside.shelf (${shape}, primary key (b));
    create table live.other (${shape}, primary key (a, note));
    create table live.shelf (${shape}, primary key (c, a));
    create table derived.shelf (${shape}, primary key (c, a));
    create table zone.shelf (${shape}, primary key (a));
  `).simple();
}

const fill = (sql: Sql, schema: string, rows: readonly (readonly [number, number, string])[]) =>
  Promise.all(
    rows.map(([a, c, note]) =>
      sql`insert into ${sql(schema)}.shelf (a, c, note) values (${a}, ${c}, ${note})`
    ),
  );

databaseTest("rows are compared by the whole of a key of several columns", async ({ sql }) => {
  await shelves(sql);
  // Each column of the key alone would take one row for another.
  await fill(sql, "live", [[1, 1, "x"], [1, 2, "x"], [2, 1, "x"]]);
  await fill(sql, "derived", [[1, 1, "x"], [1, 2, "x"], [2, 1, "x"]]);
  const compared = await sql.begin((tx) => compareTable(tx, "shelf", "live", "derived"));
  assertEquals(compared, { table: "shelf", live: 3, derived: 3, differing: 0, examples: [] });
});

databaseTest("rows that differ are named by their key, in its own order", async ({ sql }) => {
  await shelves(sql);
  await fill(sql, "live", [[5, 1, "x"], [4, 2, "x"], [3, 3, "x"]]);
  await fill(sql, "derived", [[5, 1, "x"], [4, 2, "y"], [9, 9, "x"]]);
  const compared = await sql.begin((tx) => compareTable(tx, "shelf", "live", "derived"));
  assertEquals(compared, {
    table: "shelf",
    live: 3,
    derived: 3,
    differing: 3,
    examples: [
      "shelf c 2, a 4: note is another",
      "shelf c 3, a 3: is there, and the log knows nothing of it",
      "shelf c 9, a 9: missing, and the log says that it is there",
    ],
  });
});

databaseTest("of many that differ three are named, and no text of theirs is shown", async (db) => {
  const { sql } = db;
  await shelves(sql);
  const put = (schema: string, key: number, b: number | null, note: string | null) =>
    sql`insert into ${sql(schema)}.shelf (a, b, c, note) values (${key}, ${b}, ${key}, ${note})`;
  await put("live", 1, 5, "secret");
  await put("derived", 1, 6, null);
  await put("live", 2, null, null);
  await put("derived", 2, 7, "secret");
  for (const key of [3, 4, 5]) await put("live", key, null, "secret");
  const { differing, examples } = await sql.begin((tx) =>
    compareTable(tx, "shelf", "live", "derived")
  );
  assertEquals(differing, 5);
  assertEquals(examples, [
    "shelf c 1, a 1: b is 5, not 6; note is another",
    "shelf c 2, a 2: b is null, not 7; note is another",
    "shelf c 3, a 3: is there, and the log knows nothing of it",
  ]);
});

databaseTest("rows are replaced by the whole of their key, and others left alone", async (db) => {
  const { sql } = db;
  await shelves(sql);
  const rows = async (schema: string) =>
    (await sql`select a, c, note from ${sql(schema)}.shelf order by a, c`)
      .map(({ a, c, note }) => [a, c, note]);
  await fill(sql, "live", [[1, 1, "x"], [1, 2, "x"], [3, 3, "x"]]);
  await fill(sql, "derived", [[1, 1, "x"], [1, 2, "y"], [2, 1, "x"]]);
  const kept = await sql<{ ctid: string }[]>`select ctid::text from live.shelf where c = 1`;
  await sql.begin((tx) => replaceTable(tx, "shelf", "live", "derived"));
  assertEquals(await rows("live"), [[1, 1, "x"], [1, 2, "y"], [2, 1, "x"]]);
  assertEquals(await rows("derived"), await rows("live"));
  // What was right is not written anew.
  const after = await sql<{ ctid: string }[]>`
    select ctid::text from live.shelf where c = 1 and a = 1`;
  assertEquals([...after], [...kept]);
});

databaseTest("table without a primary key is refused by name", async ({ sql }) => {
  await shelves(sql);
  await sql.unsafe(`
    create table live.bare (a int unique not null);
    create table derived.bare (a int primary key);
  `).simple();
  for (const work of [compareTable, replaceTable]) {
    await assertRejects(
      () => sql.begin(async (tx) => void await work(tx, "bare", "live", "derived")),
      Error,
      "Cannot compare live.bare: it has no primary key",
    );
  }
});
