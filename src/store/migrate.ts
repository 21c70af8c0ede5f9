import { ExitError } from "../base/exit_error.ts";
import type postgres from "postgres";
import type { Database } from "./open_database.ts";
import { UnfitDatabase } from "./unfit_database.ts";

/** One change of the schema: a name that sorts, and statements. */
export interface Migration {
  name: string;
  sql: string;
}

/** Thrown when the schema cannot be brought up to date; nothing of the named migration was kept. */
export class CannotMigrate extends ExitError {
  override name = "CannotMigrate";
  readonly exit_code = 70;
}

/**
 * Applies what is new in `migrations`, each in one transaction with its entry in `migrations`, and
 * returns the names of what this call applied. Processes that start together take turns.
 * Throws CannotMigrate.
 */
export async function migrate(
  { sql }: Pick<Database, "sql">,
  migrations: readonly Migration[],
): Promise<string[]> {
  const named = new Map<string, { sql: string; sha256: string }>();
  for (const { name, sql } of migrations) named.set(name, { sql, sha256: await checksum(sql) });
  const applied: string[] = [];
  await exclusively(sql, async (tx) => {
    // Even where the table is there, to make it "if not exists" takes the right to make one.
    const [is] = await tx`select to_regclass('migrations') is not null as there`;
    if (is?.there) return;
    await tx`
      create table migrations (
        name text primary key,
        sha256 text not null,
        applied_at timestamptz not null default clock_timestamp(),
        duration_ms integer not null
      )`;
  }).catch((error) => refuseRights("migrations", error));
  const { Umzug } = await import("umzug"); // not at the top: it reads the environment
  const umzug = new Umzug({
    logger: undefined,
    migrations: migrations.map(({ name, sql: text }) => ({
      name,
      up: async () => {
        if (await apply(sql, name, text, named.get(name)?.sha256 ?? "")) applied.push(name);
      },
    })),
    storage: {
      async executed() {
        const rows = await sql<Entry[]>`select name, sha256 from migrations order by name`;
        for (const entry of rows) refuseDrift(entry, named.get(entry.name)?.sha256);
        return rows.map(({ name }) => name);
      },
      logMigration: () => Promise.resolve(), // written by `apply`, in the same transaction
      unlogMigration: () => Promise.reject(new Error("Migrations are never taken back.")),
    },
  });
  await umzug.up().catch((error) => {
    const { cause } = error;
    if (cause instanceof ExitError) throw cause;
    refuseRights("the table migrations", cause ?? error);
  });
  await requireTableRights(sql);
  return applied;
}

/** Throws UnfitDatabase where the user may not do what the bot does all day. */
async function requireTableRights(sql: postgres.Sql): Promise<void> {
  const [row] = await sql<{ tables: string | null; user: string }[]>`
    select string_agg(c.relname, ', ' order by c.relname) as tables, current_user::text as user
    from pg_class c join unnest(${NEEDED.map(([table]) => table)}::text[],
      ${NEEDED.map(([, rights]) => rights)}::text[]) as needed(table_name, rights)
      on needed.table_name = c.relname
    where c.relnamespace = to_regnamespace(quote_ident(current_schema())) and c.relkind = 'r'
      and exists (
        select from unnest(string_to_array(rights, ' ')) as one
        where not has_table_privilege(c.oid, one)
      )`;
  if (!row || row.tables === null) return;
  throw new UnfitDatabase(
    `Cannot work on this database: its user "${row.user}" may not write to ${row.tables}. As their ` +
      `owner, grant it what the bot needs: deno task migrate --role ${row.user}.`,
  );
}

/** What cannot be missed for a moment; the rest of src/store/grants.sql would be missed later. */
const NEEDED = [
  ...[["events", "select insert"], ["head", "select update"], ["streams", "select insert update"]],
  ...[["outbox", "select insert update"], ["people", "select insert update"]],
  ...[["seen_updates", "select insert delete"], ["stamps", "select insert update"]],
  ...[["snapshots", "select insert update"], ["leases", "select insert update delete"]],
] as const;

/** insufficient_privilege */
const isDenied = (error: Error): boolean => "code" in error && error.code === "42501";

function refuseRights(name: string, error: unknown): never {
  if (!(error instanceof Error) || !isDenied(error)) throw error;
  throw new UnfitDatabase(
    `Cannot migrate: this user of the database has no right to ${name}: ${error.message}. ` +
      "Run `deno task migrate --role …` first, with the owner of the schema and its tables in " +
      "DATABASE_URL.",
    { cause: error },
  );
}

interface Entry {
  name: string;
  sha256: string;
}

/** Whether this call applied it, not another process just before. */
async function apply(
  sql: postgres.Sql,
  name: string,
  text: string,
  sha256: string,
): Promise<boolean> {
  try {
    return await exclusively(sql, async (tx) => {
      const [entry] = await tx<Entry[]>`select name, sha256 from migrations where name = ${name}`;
      if (entry !== undefined) {
        refuseDrift(entry, sha256);
        return false;
      }
      const begun = performance.now();
      await tx.unsafe(text).simple();
      const duration_ms = Math.round(performance.now() - begun);
      await tx`insert into migrations ${tx({ name, sha256, duration_ms })}`;
      return true;
    });
  } catch (error) {
    if (error instanceof CannotMigrate || !(error instanceof Error)) throw error;
    if (isDenied(error)) refuseRights(name, error);
    throw new CannotMigrate(
      `Cannot migrate: ${name} failed and nothing of it was kept: ${error.message}. ` +
        "Mend the file and start again.",
      { cause: error },
    );
  }
}

/** Runs `work` in a transaction, while no other process does the same. */
async function exclusively<T>(
  sql: postgres.Sql,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let result: { value: T } | undefined;
  await sql.begin(async (tx) => {
    await tx`set local statement_timeout = 0`; // both waiting and working may take long
    await tx`select pg_advisory_xact_lock(hashtextextended('amanita:migrations', 0))`;
    result = { value: await work(tx) };
  });
  if (result === undefined) throw new Error("A transaction ended without having run.");
  return result.value;
}

function refuseDrift({ name, sha256 }: Entry, expected: string | undefined): void {
  if (expected === undefined) {
    throw new CannotMigrate(
      `Cannot migrate: the database has ${name}, which this program does not know. ` +
        "Start the newer program that made it, or use another database.",
    );
  }
  if (expected === sha256) return;
  throw new CannotMigrate(
    `Cannot migrate: ${name} was changed after it was applied ` +
      `(checksum ${sha256.slice(0, 12)} ≠ ${expected.slice(0, 12)}). ` +
      "Restore it and add a new file.",
  );
}

async function checksum(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text.replaceAll("\r\n", "\n"));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
