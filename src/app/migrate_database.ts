/** Brings the tables of a server up to date as their owner, so that the bot's own role may less. */
import { ExitError } from "../base/exit_error.ts";
import { describe } from "../base/log.ts";
import { plainText } from "../base/plain_text.ts";
import { readArguments } from "../base/read_arguments.ts";
import { migrations } from "../flows/migrations.ts";
import { grantRole } from "../store/grant_role.ts";
import { migrate } from "../store/migrate.ts";
import { openDatabase } from "../store/open_database.ts";
import { BadConfig, readConfig } from "./config.ts";

const USAGE = "Usage: deno task migrate [--role NAME], with the owner's address in DATABASE_URL.";
const [WRONG_USAGE, DEFECT] = [64, 70];

/** Runs once; answers the exit code. Throws nothing. */
export async function migrateDatabase(args: string[]): Promise<number> {
  const read = readArguments({ args, options: { role: { type: "string" } } });
  if (typeof read === "string") return say(Deno.stderr, `${read} ${USAGE}`, WRONG_USAGE);
  try {
    return say(Deno.stdout, await run(read.values.role), 0);
  } catch (error) {
    const known = error instanceof ExitError;
    const words = known ? error.message : describe(error);
    return say(Deno.stderr, words, known ? error.exit_code : DEFECT);
  }
}

/** What was done, as a sentence. */
async function run(role: string | undefined): Promise<string> {
  const { DATABASE_URL } = await readConfig();
  if (!DATABASE_URL) {
    throw new BadConfig(
      "Cannot migrate: DATABASE_URL is not set. Name the owner of the tables in it; an embedded " +
        "database migrates itself at start.",
    );
  }
  const database = await openDatabase({ url: DATABASE_URL.reveal() }, { max: 1 });
  try {
    const applied = await migrate(database, migrations);
    if (role !== undefined) await grantRole(database.sql, role);
    const tables = applied.length === 0
      ? "The tables are up to date"
      : `Applied ${applied.join(", ")}`;
    return `${tables}${role === undefined ? "" : `; ${role} may run the bot, and no more`}.`;
  } finally {
    await database.close();
  }
}

function say(to: typeof Deno.stdout | typeof Deno.stderr, line: string, code: number): number {
  to.writeSync(new TextEncoder().encode(`${plainText(line)}\n`));
  return code;
}
