/** A role that owns nothing runs the bot, and can do nothing to what was said. */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { migrations } from "../../src/flows/migrations.ts";
import grants from "../../src/store/grants.sql" with { type: "text" };
import { grantRole } from "../../src/store/grant_role.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type Database, openDatabase } from "../../src/store/open_database.ts";
import { UnfitDatabase } from "../../src/store/unfit_database.ts";
import { databaseTest, madeForRole, serverOnly } from "../database.ts";
import { needs, unless } from "../permissions.ts";

interface Given {
  owner: Database;
  /** The address of the role's own connections. */
  url: string;
  name: string;
}

/** A test with a database of its own, whose owner is not the role that it is about. */
function roleTest(name: string, test: (given: Given) => Promise<void>): void {
  Deno.test({
    ...unless(needs({ name: "env" }) || serverOnly(), name),
    async fn() {
      const { address, role, drop } = await madeForRole(Deno.env.get("TEST_DATABASE_URL") ?? "");
      const owner = await openDatabase({ url: address }, { max: 1 });
      try {
        await test({ owner, url: role.address, name: role.name });
      } finally {
        await owner.close();
        await drop();
      }
    },
  });
}

const FORBIDDEN = [
  "update events set at = at + 1",
  "delete from events",
  "truncate events",
  "alter table events disable trigger events_are_append_only",
  "alter table events disable trigger all",
  "drop trigger events_are_append_only on events",
  "drop table events",
  "create rule r as on update to events do instead nothing",
  "create trigger t before insert on events for each row execute function refuse_change()",
  "create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'",
  "drop function refuse_change cascade",
  "set session_replication_role = replica",
  "create table more (id int)",
  "truncate people",
  "delete from people",
  "delete from photos",
  "update photos set sha256 = 'x'",
  "delete from streams",
  "delete from outbox",
  "update seen_updates set cause = 'x'",
  "update scans set number = 1",
  "insert into migrations (name, sha256, duration_ms) values ('x', 'x', 1)",
  "alter database postgres set session_replication_role = replica",
];

roleTest(
  "role that runs the bot can change nothing that was said",
  async ({ owner, url, name }) => {
    await migrate(owner, migrations);
    await grantRole(owner.sql, name);
    const database = await openDatabase({ url }, { max: 1 });
    try {
      assertEquals(await migrate(database, migrations), [], "nothing is to be made");
      for (const statement of FORBIDDEN) {
        const { code } = await assertRejects(
          async () => await database.sql.unsafe(statement).simple(),
          Error,
          undefined,
          statement,
        ) as Error & { code?: string };
        assertEquals([statement, code], [statement, "42501"]);
      }
    } finally {
      await database.close();
    }
  },
);

roleTest(
  "role that may not migrate says in a sentence who has to",
  async ({ owner, url, name }) => {
    const start = async () => {
      const database = await openDatabase({ url }, { max: 1 });
      try {
        await migrate(database, migrations);
      } finally {
        await database.close();
      }
    };
    await owner.sql.unsafe("revoke create on schema public from public");
    const empty = await assertRejects(start, UnfitDatabase);
    assertStringIncludes(empty.message, `deno task migrate --role ${name}`);
    await migrate(owner, migrations.slice(0, -1));
    const ungranted = await assertRejects(start, UnfitDatabase);
    assertStringIncludes(ungranted.message, "deno task migrate --role");
    // What is granted names tables of the newest schema.
    await migrate(owner, migrations);
    await grantRole(owner.sql, name);
    await owner.sql`delete from migrations where name = ${migrations.at(-1)?.name ?? ""}`;
    const pending = await assertRejects(start, UnfitDatabase);
    assertEquals(pending.exit_code, 78);
    assertStringIncludes(pending.message, `no right to ${migrations.at(-1)?.name}`);
    assertStringIncludes(pending.message, "deno task migrate --role");
  },
);

roleTest("role that owns the tables, or could, is granted nothing", async ({ owner, name }) => {
  await migrate(owner, migrations);
  await assertRejects(() => grantRole(owner.sql, "nobody here"), UnfitDatabase, "no such role");
  await owner.sql.unsafe(`alter table events owner to ${name}`);
  await assertRejects(() => grantRole(owner.sql, name), UnfitDatabase, "owns the tables");
  await owner.sql.unsafe(`alter table events owner to current_user; alter role ${name} superuser`)
    .simple();
  await assertRejects(() => grantRole(owner.sql, name), UnfitDatabase, "is a superuser");
});

databaseTest("grants name every table, and none that is not there", async ({ sql }) => {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = current_schema()::regnamespace and relkind = 'r'`;
  const named = [...grants.matchAll(/on :"schema"\.(\w+) to/g)].map(([, name]) => name ?? "");
  assertEquals(named.toSorted(), tables.map(({ name }) => name).toSorted());
  assert(!/(update|delete|truncate|all)[^;]* on :"schema"\.events/.test(grants));
});
