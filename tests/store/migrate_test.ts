import { assertEquals, assertRejects } from "@std/assert";
import { CannotMigrate, migrate } from "../../src/store/migrate.ts";
import { databaseTest, serverTest } from "../database.ts";

const first = { name: "0001_cards", sql: "create table cards (id int);\ncreate table codes ();" };
const second = { name: "0002_names", sql: "alter table cards add name text" };

databaseTest("migrations are applied once, in order", async (database) => {
  assertEquals(await migrate(database, [first]), ["0001_cards"]);
  assertEquals(await migrate(database, [first, second]), ["0002_names"]);
  assertEquals(await migrate(database, [first, second]), []);
  await database.sql`insert into cards (id, name) values (1, 'Sea')`;
}, []);

databaseTest("migrations leave their names, checksums and durations", async (database) => {
  await migrate(database, [first, second]);
  const rows = await database.sql`
    select name, length(sha256) as length, applied_at <= clock_timestamp() as past,
      duration_ms >= 0 as timed
    from migrations order by name`;
  assertEquals([...rows], [
    { name: "0001_cards", length: 64, past: true, timed: true },
    { name: "0002_names", length: 64, past: true, timed: true },
  ]);
}, []);

databaseTest("migration that was edited is refused by name", async (database) => {
  await migrate(database, [first]);
  const { message } = await assertRejects(
    () => migrate(database, [{ ...first, sql: `${first.sql} -- more` }, second]),
    CannotMigrate,
    "Cannot migrate: 0001_cards was changed after it was applied (checksum ",
  );
  assertEquals(message.endsWith("). Restore it and add a new file."), true);
  assertEquals(await tables(database), ["cards", "codes", "migrations"]);
}, []);

databaseTest("migration with other line ends is the same", async (database) => {
  await migrate(database, [first]);
  const crlf = { ...first, sql: first.sql.replaceAll("\n", "\r\n") };
  assertEquals(await migrate(database, [crlf]), []);
}, []);

databaseTest("migration that only a newer program knows is refused by name", async (database) => {
  await migrate(database, [first, second]);
  await assertRejects(
    () => migrate(database, [first]),
    CannotMigrate,
    "Cannot migrate: the database has 0002_names, which this program does not know.",
  );
}, []);

databaseTest("migration that fails leaves nothing and names itself", async (database) => {
  const broken = { name: "0002_broken", sql: "create table half (); select * from nowhere" };
  await assertRejects(
    () => migrate(database, [first, broken]),
    CannotMigrate,
    'Cannot migrate: 0002_broken failed and nothing of it was kept: relation "nowhere" does not',
  );
  assertEquals(await tables(database), ["cards", "codes", "migrations"]);
  assertEquals([...await database.sql`select name from migrations`], [{ name: "0001_cards" }]);
  assertEquals(await migrate(database, [first, second]), ["0002_names"]);
}, []);

databaseTest("migrations of three starts at once are applied once", async (database) => {
  const starts = Array.from({ length: 3 }, () => migrate(database, [first, second]));
  assertEquals((await Promise.all(starts)).flat().sort(), ["0001_cards", "0002_names"]);
}, []);

async function tables({ sql }: Parameters<typeof migrate>[0]): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  return rows.map(({ name }) => name);
}

serverTest("migration may take longer than any other statement", async (database) => {
  const { sql } = database;
  // As many at once as there are connections reach them all.
  await Promise.all(
    Array.from({ length: sql.options.max }, () => sql`set statement_timeout = '300ms'`),
  );
  const slow = { name: "0001_slow", sql: "select pg_sleep(0.6)" };
  assertEquals(await migrate(database, [slow]), ["0001_slow"]);
  await assertRejects(() => sql`select pg_sleep(0.6)`, Error, "statement timeout");
}, []);
