import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DatabaseUnavailable } from "../../src/store/database_unavailable.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { databaseTest, ownersTest, serverOnly, serverTest } from "../database.ts";
import { needs, unless } from "../permissions.ts";

const online = needs({ name: "env" }, { name: "net", host: "127.0.0.1:9" });

databaseTest("database returns int8 as a number", async ({ sql }) => {
  const [row] = await sql`select 2::bigint ^ 40 as float, (2 ^ 40)::bigint as int`;
  assertEquals(row?.int, 1_099_511_627_776);
});

databaseTest("database takes arrays in the first query", async ({ sql }) => {
  const ids = Array.from({ length: 400 }, (_, id) => id);
  const [row] = await sql`select sum(id)::int as sum from unnest(${ids}::int[]) as id`;
  assertEquals(row?.sum, 79_800);
});

ownersTest("database carries a photo of 2 MB there and back", async ({ sql }) => {
  const photo = new Uint8Array(2_000_000);
  for (let at = 0; at < photo.length; at += 65_536) {
    crypto.getRandomValues(photo.subarray(at, at + 65_536));
  }
  await sql`create table pictures (bytes bytea)`;
  await sql`insert into pictures values (${photo})`;
  const [row] = await sql<{ bytes: Uint8Array }[]>`select bytes from pictures`;
  assertEquals(row && new Uint8Array(row.bytes), photo);
});

databaseTest("database answers many queries at once, each with its own", async ({ sql }) => {
  const numbers = Array.from({ length: 500 }, (_, number) => number);
  const answers = await Promise.all(numbers.map(async (number) => {
    const [row] = await sql`select ${number}::int as number`;
    return row?.number;
  }));
  assertEquals(answers, numbers);
});

ownersTest("database keeps transactions that run at once apart", async ({ sql }) => {
  await sql`create table counters (n int)`;
  await sql`insert into counters values (0)`;
  await Promise.all(Array.from({ length: 20 }, () =>
    sql.begin(async (tx) => {
      const [row] = await tx<{ n: number }[]>`select n from counters for update`;
      await tx`update counters set n = ${(row?.n ?? NaN) + 1}`;
    })));
  assertEquals([...await sql`select n from counters`], [{ n: 20 }]);
});

databaseTest("database tells a time in UTC", async ({ sql }) => {
  const [row] = await sql`select timestamptz '2026-01-31 12:00:00+03' ::text as time`;
  assertEquals(row?.time, "2026-01-31 09:00:00+00");
});

serverTest("server runs two transactions at once", async ({ sql }) => {
  await sql.begin(async (outer) => {
    await outer`select 1`;
    await sql.begin((inner) => inner`select 1`);
  });
});

serverTest("server gives a statement 15 seconds", async ({ sql }) => {
  assertEquals([...await sql`show statement_timeout`], [{ statement_timeout: "15s" }]);
});

Deno.test({
  ...unless(online, "server that is not there is named with its mend"),
  async fn() {
    const url = "postgres://bot:sesame@127.0.0.1:9/cards";
    const { message } = await assertRejects(() => openDatabase({ url }), DatabaseUnavailable);
    assertStringIncludes(message, "Cannot open the database cards at 127.0.0.1:9");
    assertStringIncludes(message, "Start Postgres there or correct DATABASE_URL.");
    assert(!message.includes("sesame"));
  },
});

Deno.test({
  ...unless(online, "address that is none is refused without showing it"),
  async fn() {
    const url = "postgres://bot:sesame@host:port/cards";
    const { message } = await assertRejects(() => openDatabase({ url }), DatabaseUnavailable);
    assertStringIncludes(message, "postgres://user:password@host:5432/database");
    assert(!message.includes("sesame"));
  },
});

const withServer = online || serverOnly();

/** The test server's address with something wrong in it. */
async function refusal(part: "password" | "pathname", value: string): Promise<string> {
  const url = new URL(Deno.env.get("TEST_DATABASE_URL") ?? "");
  url[part] = value;
  const opening = () => openDatabase({ url: url.href });
  return (await assertRejects(opening, DatabaseUnavailable)).message;
}

Deno.test({
  ...unless(withServer, "server that refuses a password is told so without showing it"),
  async fn() {
    const message = await refusal("password", "abracadabra");
    assertStringIncludes(message, "Correct the user or the password in DATABASE_URL.");
    assert(!message.includes("abracadabra"));
  },
});

Deno.test({
  ...unless(withServer, "database that a server does not have is named with its mend"),
  async fn() {
    const message = await refusal("pathname", "/nowhere");
    assertStringIncludes(message, "Cannot open the database nowhere at ");
    assertStringIncludes(message, "Create it (createdb nowhere) or correct DATABASE_URL.");
  },
});
