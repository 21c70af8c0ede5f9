import type postgres from "postgres";
import { ExitError } from "../../base/exit_error.ts";
import { exitCodes } from "./exit_codes.ts";

/** Thrown for a database whose schema is not the one this program reads. */
export class NotMigrated extends ExitError {
  override name = "NotMigrated";
  readonly exit_code = exitCodes.unavailable;
}

/** Refuses a database that is empty, older or newer than `migrations`; changes nothing. */
export async function requireMigrated(
  sql: postgres.Sql,
  migrations: readonly { name: string }[],
): Promise<void> {
  const [there] = await sql<{ is: boolean }[]>`
    select to_regclass('migrations') is not null as is`;
  if (!there?.is) {
    throw new NotMigrated("Cannot read this database: there is no log in it. Start the bot once");
  }
  const rows = await sql<{ name: string }[]>`select name from migrations`;
  const applied = new Set(rows.map(({ name }) => name));
  const missing = migrations.find(({ name }) => !applied.has(name));
  if (missing) {
    throw new NotMigrated(
      `Cannot read this database: it lacks ${missing.name}. Start the bot once, which brings it ` +
        "up to date",
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...applied].find((name) => !known.has(name));
  if (unknown !== undefined) {
    throw new NotMigrated(
      `Cannot read this database: it has ${unknown}, which this program does not know. ` +
        "Use a newer program",
    );
  }
}
