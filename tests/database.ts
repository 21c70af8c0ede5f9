/**
 * A database of its own for every test: in memory, and where TEST_DATABASE_URL is set on that server.
 * A test that is declared here runs on both.
 */
import postgres from "postgres";
import { needs, unless } from "./permissions.ts";
import { grantRole } from "../src/store/grant_role.ts";
import { migrate, type Migration } from "../src/store/migrate.ts";
import { migrations as ours } from "../src/flows/migrations.ts";
import { type Database, openDatabase, openEmbedded } from "../src/store/open_database.ts";
import type { Engine } from "../src/store/embedded/engine.ts";
import { openTestEngine } from "./test_engine.ts";
import { connectEngine } from "../src/store/embedded/open_embedded.ts";

/** A database that is dropped at the end of the block. */
export type FreshDatabase = Database & AsyncDisposable;

/** Where a database is made: on TEST_DATABASE_URL's server, or in memory. */
export type TestEngine = Database["kind"];

/**
 * An empty database with `migrations` applied; the project's unless told. On the server where there
 * is one, unless told. With TEST_DATABASE_ROLE, a server's is worked on by a role that may do what
 * the bot has to, and no more.
 */
export async function freshDatabase(
  migrations: readonly Migration[] = ours,
  on: TestEngine = testEngines()[0],
): Promise<FreshDatabase> {
  const database = await open(migrations, on);
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}

/** What there is to run on, the one that matters most first. */
export function testEngines(): readonly [TestEngine, ...TestEngine[]] {
  if (serverUrl() === undefined) return ["embedded"];
  return isOn("TEST_DATABASE_ROLE") ? ["server"] : ["server", "embedded"];
}

/** A name for each engine, where there is more than one. */
export function namedFor(name: string, engine: TestEngine): string {
  if (testEngines().length === 1) return name;
  return engine === "server" ? `${name}, on a server` : `${name}, embedded`;
}

type DatabaseTest = (database: FreshDatabase, t: Deno.TestContext) => Promise<void>;

/**
 * A test that gets a fresh database, once on each engine that there is; ignored, and says so, without
 * the permissions it needs.
 */
export function databaseTest(
  name: string,
  test: DatabaseTest,
  migrations: readonly Migration[] = ours,
): void {
  for (const engine of testEngines()) {
    const reason = needs(...databasePermissions());
    declare(namedFor(name, engine), reason, test, { migrations, engine });
  }
}

/** Like databaseTest, for what only the owner of the tables may: TEST_DATABASE_ROLE is passed over. */
export function ownersTest(name: string, test: DatabaseTest): void {
  databaseTest(name, test, [...ours]);
}

/** Like databaseTest, for what needs two connections at once that are really two. */
export function serverTest(
  name: string,
  test: DatabaseTest,
  migrations: readonly Migration[] = ours,
): void {
  const reason = needs(...databasePermissions()) || serverOnly();
  declare(name, reason, test, { migrations, engine: "server" });
}

/** Why a test cannot run without a server; "" when there is one. */
export function serverOnly(): string {
  return serverUrl() === undefined ? "needs TEST_DATABASE_URL" : "";
}

function declare(
  name: string,
  reason: string,
  test: DatabaseTest,
  { migrations, engine }: { migrations: readonly Migration[]; engine: TestEngine },
): void {
  Deno.test({
    ...unless(reason, name),
    async fn(t) {
      await using database = await freshDatabase(migrations, engine);
      await test(database, t);
    },
  });
}

function databasePermissions(): Deno.PermissionDescriptor[] {
  const env: Deno.PermissionDescriptor = { name: "env" }; // postgres.js reads PGAPPNAME and more
  const url = serverUrl();
  if (url === undefined) return [env];
  const { hostname, port } = new URL(url);
  return [env, { name: "net", host: `${hostname}:${port || 5432}` }];
}

const serverUrl = (): string | undefined => read("TEST_DATABASE_URL");
const isOn = (variable: string): boolean => read(variable) !== undefined;

function read(variable: string): string | undefined {
  if (needs({ name: "env", variable }) !== "") return undefined;
  return Deno.env.get(variable) || undefined;
}

// Opening an engine takes long and emptying one milliseconds, so they are kept for the next
// test. They hold nothing of the system's, so the sanitizers have nothing to say.
const idleEngines: Engine[] = [];

async function open(migrations: readonly Migration[], on: TestEngine): Promise<Database> {
  const url = serverUrl();
  if (on === "embedded" || url === undefined) return await inMemory(migrations);
  return isOn("TEST_DATABASE_ROLE") && migrations === ours
    ? await asRole(url)
    : await onServer(url, migrations);
}

async function inMemory(migrations: readonly Migration[]): Promise<Database> {
  const engine = idleEngines.pop() ?? await openTestEngine();
  const database = await openEmbedded(await connectEngine(engine));
  await empty(database.sql);
  if (migrations.length > 0) await migrate(database, migrations);
  return {
    ...database,
    async close() {
      await database.close();
      idleEngines.push(engine);
    },
  };
}

async function empty(sql: postgres.Sql): Promise<void> {
  const schemas = await sql<{ name: string }[]>`
    select nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname <> 'information_schema'`;
  const drops = schemas.map(({ name }) => `drop schema "${name}" cascade;`);
  await sql.unsafe(`${drops.join("")} create schema public`).simple();
}

async function onServer(url: string, migrations: readonly Migration[]): Promise<Database> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await createMigrated(url, name, migrations);
  const database = await openDatabase({ url: databaseOf(url, name) });
  return {
    ...database,
    async close() {
      await database.close();
      await administer(url, `drop database ${name} with (force)`);
    },
  };
}

function databaseOf(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** A copy of a database with these migrations, which the first who needs it leaves on the server. */
async function createMigrated(
  url: string,
  name: string,
  migrations: readonly Migration[],
): Promise<void> {
  const digest = await crypto.subtle.digest(
    "SHA-256",
    new TextEncoder().encode(JSON.stringify(migrations)),
  );
  const template = `migrated_${new Uint8Array(digest).toHex().slice(0, 16)}`;
  const copy = `create database ${name} template ${template}`;
  try {
    await administer(url, copy);
  } catch (error) {
    if (!(error instanceof postgres.PostgresError && error.code === NO_SUCH_DATABASE)) throw error;
    await makeTemplate(url, template, migrations);
    await administer(url, copy);
  }
}

const NO_SUCH_DATABASE = "3D000";
const DUPLICATE_DATABASE = "42P04";

/** Made under another name, so that nobody copies half of it; who comes second throws theirs away. */
async function makeTemplate(
  url: string,
  template: string,
  migrations: readonly Migration[],
): Promise<void> {
  const unfinished = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${unfinished}`);
  const database = await openDatabase({ url: databaseOf(url, unfinished) });
  if (migrations.length > 0) await migrate(database, migrations);
  await database.close();
  await administer(url, `alter database ${unfinished} rename to ${template}`).catch(
    async (error) => {
      await administer(url, `drop database ${unfinished} with (force)`);
      if (error.code !== DUPLICATE_DATABASE) throw error;
    },
  );
}

/** A database whose tables are another's; it is opened by a role that is granted what it needs. */
async function asRole(url: string): Promise<Database> {
  const { address, role, drop } = await madeForRole(url, ours);
  const owner = await openDatabase({ url: address }, { max: 1 });
  await grantRole(owner.sql, role.name);
  await owner.close();
  const database = await openDatabase({ url: role.address });
  return {
    ...database,
    async close() {
      await database.close();
      await drop();
    },
  };
}

/** A database and a role without rights in it, with the addresses of owner and role; empty unless told. */
export async function madeForRole(
  url: string,
  migrations: readonly Migration[] = [],
): Promise<{
  address: string;
  role: { name: string; address: string };
  drop: () => Promise<void>;
}> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const address = databaseOf(url, name);
  const own = new URL(address);
  [own.username, own.password] = [name, name];
  await createMigrated(url, name, migrations);
  await administer(url, `create role ${name} login password '${name}'`);
  return {
    address,
    role: { name, address: own.href },
    async drop() {
      await administer(url, `drop database ${name} with (force)`);
      await administer(url, `drop role ${name}`);
    },
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice() {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
