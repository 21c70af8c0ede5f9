/** `deno task replay …`: opens the database, runs one command, ends with its exit code. */
import { charts } from "../machines/charts.ts";
import { BadConfig, type Config, readConfig } from "./config.ts";
import { openDialogues } from "./dialogues.ts";
import { projections } from "./projections/projections.ts";
import { exitCodes, parseCommand, type Run } from "./replay/cli.ts";
import { retryUpdate } from "./replay/retry.ts";
import { requireMigrated } from "./replay/require_migrated.ts";
import { DatabaseUnavailable } from "./store/database_unavailable.ts";
import { openMasterKey } from "./store/master_key.ts";
import { migrations } from "./store/migrations.ts";
import { type DatabasePlace, openDatabase } from "./store/open_database.ts";

async function main(args: string[]): Promise<number> {
  const parsed = parseCommand(args);
  if (typeof parsed !== "function") {
    write(parsed.code === exitCodes.whole ? Deno.stdout : Deno.stderr, `${parsed.print}\n`);
    return parsed.code;
  }
  try {
    return await runOn(await readConfig(), parsed);
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    write(Deno.stderr, `${sentence.trimEnd().replace(/[^.!?]$/, "$&.")}\n`);
    return codeOf(error);
  }
}

async function runOn(config: Config, run: Run): Promise<number> {
  const database = await openDatabase(await placeOf(config));
  try {
    await requireMigrated(database.sql, migrations);
    return await run({
      sql: database.sql,
      charts,
      projections,
      print: (line) => write(Deno.stdout, `${line}\n`),
      retry: async (reference) => {
        const { sql } = database;
        const { engine, people } = await openDialogues({
          sql,
          master: await openMasterKey(config.PII_KEY?.reveal() ?? null, config.DATA_DIR),
          owner: crypto.randomUUID(),
          // The bot that runs, or the next one, finds what is to be sent in the outbox.
          deliver: () => {},
          signal: new AbortController().signal,
        });
        return await retryUpdate({ sql, engine, people, now: Date.now }, reference);
      },
      onProgress: Deno.stderr.isTerminal() ? showProgress : () => {},
    });
  } finally {
    await database.close();
  }
}

/** Where the log lies; a folder that is not there is not made, since it would prove nothing. */
async function placeOf({ DATABASE_URL, DATA_DIR }: Config): Promise<DatabasePlace> {
  if (DATABASE_URL) return { url: DATABASE_URL.reveal() };
  const folder = `${DATA_DIR}/postgres`;
  const found = await Deno.stat(folder).catch(() => null);
  if (found?.isDirectory) return { folder };
  throw new DatabaseUnavailable(
    `Cannot open ${folder}: there is no database. ` +
      "Start the bot once, or choose another DATA_DIR or DATABASE_URL",
  );
}

const unavailable = [
  "DatabaseUnavailable",
  "FolderInUse",
  "NotMigrated",
  "PostgresError",
  "RebuildOvertaken",
  "StoreUnavailable",
];

function codeOf(error: unknown): number {
  if (error instanceof BadConfig) return BadConfig.exit_code;
  const known = error instanceof Error && unavailable.includes(error.name);
  return known ? exitCodes.unavailable : exitCodes.defect;
}

/** On one line of the terminal, wiped away when all is done. */
function showProgress(done: number, total: number): void {
  const percent = total === 0 ? 100 : Math.floor(100 * done / total);
  write(Deno.stderr, done < total ? `\r${percent} % of ${total}` : "\r\x1b[K");
}

/** Writes all of it; whoever reads may have gone, as `head` does, and that is fine. */
function write(to: { writeSync(bytes: Uint8Array): number }, text: string): void {
  let bytes = new TextEncoder().encode(text);
  try {
    while (bytes.length > 0) bytes = bytes.subarray(to.writeSync(bytes));
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
