/** A database of its own for every test: on TEST_DATABASE_URL if that is set, else in memory. */
import postgres from "postgres";
import { needs, unless } from "./permissions.ts";
import { grantRole } from "../src/store/grant_role.ts";
import { migrate, type Migration } from "../src/store/migrate.ts";
import { migrations as ours } from "../src/flows/migrations.ts";
import { type Database, openDatabase, openEmbedded } from "../src/store/open_database.ts";
import { type Engine, openEngine } from "../src/store/embedded/engine.ts";
import { connectEngine } from "../src/store/embedded/open_embedded.ts";

/** A database that is dropped at the end of the block. */
export type FreshDatabase = Database & AsyncDisposable;

/**
 * An empty database with `migrations` applied; the project's unless told. With TEST_DATABASE_ROLE,
 * a server's is worked on by a role that may do what the bot has to, and no more.
 */
export async function freshDatabase(
  migrations: readonly Migration[] = ours,
): Promise<FreshDatabase> {
  const url = serverUrl();
  if (url !== undefined && isOn("TEST_DATABASE_ROLE") && migrations === ours) {
    const database = await asRole(url);
    return { ...database, [Symbol.asyncDispose]: () => database.close() };
  }
  const database = url === undefined ? await inMemory() : await onServer(url);
  if (migrations.length > 0) await migrate(database, migrations);
  return { ...database, [Symbol.asyncDispose]: () => database.close() };
}

type DatabaseTest = (database: FreshDatabase, t: Deno.TestContext) => Promise<void>;

/** A test that gets a fresh database; ignored, and says so, without the permissions it needs. */
export function databaseTest(
  name: string,
  test: DatabaseTest,
  migrations: readonly Migration[] = ours,
): void {
  declare(name, needs(...databasePermissions()), test, migrations);
}

/** Like databaseTest, for what only the owner of the tables may: TEST_DATABASE_ROLE is passed over. */
export function ownersTest(name: string, test: DatabaseTest): void {
  declare(name, needs(...databasePermissions()), test, [...ours]);
}

/** Like databaseTest, for what needs two connections at once that are really two. */
export function serverTest(
  name: string,
  test: DatabaseTest,
  migrations: readonly Migration[] = ours,
): void {
  declare(name, needs(...databasePermissions()) || serverOnly(), test, migrations);
}

/** Why a test cannot run without a server; "" when there is one. */
export function serverOnly(): string {
  return serverUrl() === undefined ? "needs TEST_DATABASE_URL" : "";
}

function declare(
  name: string,
  reason: string,
  test: DatabaseTest,
  migrations: readonly Migration[],
): void {
  Deno.test({
    ...unless(reason, name),
    async fn(t) {
      await using database = await freshDatabase(migrations);
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

// Making an engine takes a second and emptying one milliseconds, so they are kept for the next
// test. They hold nothing of the system's, so the sanitizers have nothing to say.
const idleEngines: Engine[] = [];

async function inMemory(): Promise<Database> {
  const engine = idleEngines.pop() ?? await openEngine();
  const database = await openEmbedded(await connectEngine(engine));
  await empty(database.sql);
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

async function onServer(url: string): Promise<Database> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  await administer(url, `create database ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  const database = await openDatabase({ url: address.href });
  return {
    ...database,
    async close() {
      await database.close();
      await administer(url, `drop database ${name} with (force)`);
    },
  };
}

/** A database whose tables are another's; it is opened by a role that is granted what it needs. */
async function asRole(url: string): Promise<Database> {
  const { address, role, drop } = await madeForRole(url);
  const owner = await openDatabase({ url: address });
  await migrate(owner, ours);
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

/** An empty database and a role without rights in it, with the addresses of owner and role. */
export async function madeForRole(url: string): Promise<{
  address: string;
  role: { name: string; address: string };
  drop: () => Promise<void>;
}> {
  const name = `test_${crypto.randomUUID().replaceAll("-", "")}`;
  const [address, own] = [new URL(url), new URL(url)];
  address.pathname = own.pathname = `/${name}`;
  [own.username, own.password] = [name, name];
  await administer(url, `create database ${name}`);
  await administer(url, `create role ${name} login password '${name}'`);
  return {
    address: address.href,
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
