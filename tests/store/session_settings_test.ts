/** Whatever a server, a database, a role or an address sets, our sessions are as we need them. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type postgres from "postgres";
import { migrations } from "../../src/flows/migrations.ts";
import { refusalOf, type ServerFacts } from "../../src/store/fit_server.ts";
import { migrate } from "../../src/store/migrate.ts";
import { openDatabase } from "../../src/store/open_database.ts";
import { openPhotos } from "../../src/store/photos.ts";
import { settingsFor } from "../../src/store/session_settings.ts";
import { UnfitDatabase } from "../../src/store/unfit_database.ts";
import { serverOnly } from "../database.ts";
import { needs, unless } from "../permissions.ts";
import { onServer } from "../bot/process_place.ts";
import { administer } from "./administer.ts";

const reason = needs({ name: "env" }, { name: "net", host: "127.0.0.1" }) || serverOnly();
const server = () => Deno.env.get("TEST_DATABASE_URL") ?? "";

/** A test on an empty database of the server, which it may set as it likes. */
function placeTest(name: string, test: (url: string, name: string) => Promise<void>): void {
  Deno.test({
    ...unless(reason, name),
    fn: () => onServer(server(), (url) => test(url, new URL(url).pathname.slice(1))),
  });
}

/** Runs `work` on an opened, migrated database. */
async function opened<Result>(
  url: string,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const database = await openDatabase({ url });
  try {
    await migrate(database, migrations);
    return await work(database.sql);
  } finally {
    await database.close();
  }
}

const refused = (url: string) =>
  assertRejects(() => opened(url, () => Promise.resolve()), UnfitDatabase).then(({ message }) =>
    message
  );

const hostile: Readonly<Record<string, string>> = {
  bytea_output: "escape",
  TimeZone: "Asia/Kamchatka",
  DateStyle: "German",
  IntervalStyle: "sql_standard",
  extra_float_digits: "-15",
  standard_conforming_strings: "off",
  array_nulls: "off",
  transform_null_equals: "on",
  default_transaction_isolation: "serializable",
  default_transaction_deferrable: "on",
  default_transaction_read_only: "on",
  exit_on_error: "on",
  row_security: "on",
  jit: "on",
  statement_timeout: "1ms",
  lock_timeout: "1ms",
  idle_in_transaction_session_timeout: "1s",
  idle_session_timeout: "1s",
  synchronous_commit: "off",
  client_encoding: "LATIN1",
  search_path: "nowhere",
};

const wanted = (schema: string) =>
  settingsFor({ version: 150_000, schema, synchronous_commit: "off" }, { read_only: false });

for (const  of of["database", "role"] as const) {
  placeTest(`settings of a ${of} do not reach a session`, async (url, name) => {
    assertEquals(Object.keys(hostile).toSorted(), Object.keys(wanted("public")).toSorted());
    const whose = of === "role" ? `role postgres in database ${name}` : `database ${name}`;
    await administer(
      url,
      ...Object.entries(hostile).map(([name, value]) => `alter ${whose} set ${name} = '${value}'`),
    );
    await opened(url, async (sql) => {
      const rows = await sql<{ name: string; setting: string }[]>`
        select name, setting from pg_settings where name = any(${Object.keys(hostile)})`;
      assertEquals(
        Object.fromEntries(rows.map(({ name, setting }) => [name, setting])),
        { ...wanted("public") },
      );
      const photos = openPhotos(sql);
      const bytes = new Uint8Array(300).map((_, i) => i);
      const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
      await photos.keep({ sha256, bytes, type: "image/png", width: 1, height: 1 });
      assertEquals(new Uint8Array(await photos.read(sha256) ?? []), bytes);
    });
  });
}

placeTest("settings in the address do not reach a session", async (url) => {
  await opened(
    `${url}?bytea_output=escape&TIMEZONE=Asia/Tokyo&statement_timeout=1`,
    async (sql) => {
      const [row] = await sql`select current_setting('bytea_output') as bytea_output,
      current_setting('TimeZone') as zone, current_setting('statement_timeout') as timeout`;
      assertEquals({ ...row }, { bytea_output: "hex", zone: "UTC", timeout: "15s" });
    },
  );
});

placeTest("what an address asks for that no server knows is refused by name", async (url) => {
  assertStringIncludes(await refused(`${url}?pgbouncer=true`), `"pgbouncer". Take that parameter`);
});

placeTest(
  "a commit waits for what the operator chose, unless that is nothing",
  async (url, name) => {
    for (const [set, is] of [["off", "on"], ["remote_apply", "remote_apply"]]) {
      await administer(url, `alter database ${name} set synchronous_commit = ${set}`);
      const [row] = await opened(url, (sql) => sql`show synchronous_commit`);
      assertEquals(row?.synchronous_commit, is);
    }
  },
);

placeTest("tables are found where they were made, whatever the search path", async (url, name) => {
  await administer(url, "create schema shop", `alter database ${name} set search_path = shop`);
  await opened(url, (sql) => sql`insert into stamps (name, value) values ('here', '1')`);
  await administer(url, `alter database ${name} reset search_path`);
  const rows = await opened(url, (sql) =>
    sql`
    select current_schema() as schema, value from stamps where name = 'here'`);
  assertEquals([...rows], [{ schema: "shop", value: "1" }]);
});

placeTest(
  "schema that is missing, or chosen by nobody, is named with its mend",
  async (url, name) => {
    await administer(url, "drop schema public");
    assertStringIncludes(await refused(url), 'it has no schema "public". Make it: create schema');
    await administer(url, "create schema a", `alter database ${name} set search_path = a`);
    await opened(url, () => Promise.resolve());
    await administer(
      url,
      "create schema b",
      ...["migrations", "head", "stamps", "seen_updates"].map((it) => `create table b.${it} ()`),
      `alter database ${name} set search_path = c`,
    );
    assertStringIncludes(await refused(url), "the tables are in several of its schemas (a, b).");
  },
);

placeTest("database of another encoding is refused", async (url, name) => {
  await administer(server(), `drop database ${name}`);
  await administer(
    server(),
    `create database ${name} encoding 'LATIN1' locale 'C' template template0`,
  );
  assertStringIncludes(await refused(url), "its encoding is LATIN1, which cannot hold");
});

placeTest("user without rights is told what to grant", async (url, name) => {
  const role = `weak_${name}`;
  await administer(url, `create role ${role} login password 'weak'`);
  const weak = new URL(url);
  [weak.username, weak.password] = [role, "weak"];
  try {
    assertStringIncludes(
      await refused(weak.href),
      `may not make tables in the schema "public". Let their owner make them: deno task migrate ` +
        `--role ${role}. Or allow it: grant usage, create on schema ` +
        `"public" to "${role}".`,
    );
    await opened(url, () => Promise.resolve());
    assertStringIncludes(await refused(weak.href), "has no right to the table migrations");
    await administer(url, `grant select on all tables in schema public to ${role}`);
    assertStringIncludes(
      await refused(weak.href),
      "may not write to events, head, leases, outbox, people, seen_updates, snapshots, stamps, streams.",
    );
    await administer(url, `grant all on all tables in schema public to ${role}`);
    assertEquals((await opened(weak.href, (sql) => sql`select 1 as one`)).length, 1);
  } finally {
    await administer(url, `drop owned by ${role}`, `drop role ${role}`);
  }
});

// Two connections look at the server, six read, and two append.
for (const limit of [1, 4, 7]) {
  placeTest(
    `user who may have ${limit} of eight connections is told how many it takes`,
    async (url, name) => {
      const role = `few_${name}`;
      await administer(
        url,
        `create role ${role} login password 'few' connection limit ${limit}`,
        `grant create on schema public to ${role}`,
      );
      const few = new URL(url);
      [few.username, few.password] = [role, "few"];
      try {
        const { message } = await assertRejects(() => openDatabase({ url: few.href }), Error);
        assertStringIncludes(message, "The bot needs eight connections");
        assert(!message.includes("few@"));
      } finally {
        await administer(url, `drop owned by ${role}`, `drop role ${role}`);
      }
    },
  );
}

placeTest("host and port may stand behind the question mark", async (url) => {
  const { hostname, port, username, password, pathname } = new URL(url);
  const elsewhere = `postgres://${username}:${password}@nowhere.invalid:1${pathname}`;
  const behind = `${elsewhere}?host=${hostname}&port=${port}`;
  assertEquals((await opened(behind, (sql) => sql`select 1 as one`)).length, 1);
});

const facts: ServerFacts = {
  version: 150_000,
  schema: "public",
  synchronous_commit: "on",
  encoding: "UTF8",
  standby: false,
  user: "bot",
  database: "cards",
  current: "public",
  homes: [],
  may_create: true,
  is_there: true,
  session_replication_role: "origin",
};

Deno.test("server that will do is not refused; an old one, a standby or a silent trigger is", () => {
  assertEquals(refusalOf(facts, false), null);
  const tried: readonly (readonly [Partial<ServerFacts>, string])[] = [
    [{ version: 130_022 }, "it is PostgreSQL 13, and the bot needs 14 or newer."],
    [{ standby: true }, "it is a standby, which cannot be written to. Name its primary"],
    [{ encoding: "SQL_ASCII" }, "its encoding is SQL_ASCII"],
    [{ session_replication_role: "replica" }, "session_replication_role is set for it"],
  ];
  for (const [more, words] of tried) {
    assertStringIncludes(refusalOf({ ...facts, ...more }, false) ?? "", words);
  }
  assertEquals(refusalOf({ ...facts, standby: true }, true), null, "it can be read");
});

Deno.test("settings that only newer servers know are told to those alone", () => {
  const { transaction_timeout: old } = wanted("public");
  const { transaction_timeout } = settingsFor(
    { version: 170_000, schema: "public", synchronous_commit: "on" },
    { read_only: false },
  );
  assertEquals([old, transaction_timeout], [undefined, "0"]);
});
