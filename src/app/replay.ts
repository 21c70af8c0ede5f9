/** The debugger: reads its command line, opens what that needs, and answers an exit code. */
import type postgres from "postgres";
import { charts } from "../../machines/charts.ts";
import { ExitError } from "../base/exit_error.ts";
import { ifThere } from "../base/if_there.ts";
import { type Config, readConfig } from "./config.ts";
import { openDialogues } from "./dialogues.ts";
import { logOf, startLogging, stopLogging } from "../base/log.ts";
import { openMakers } from "../flows/makers/read_model.ts";
import { projections } from "../flows/projections.ts";
import { openCheckThreads } from "../replay/check/check_threads.ts";
import { parseCommand } from "../replay/cli/cli.ts";
import type { Desk, Plan, ReplayWorld } from "../replay/cli/cli_command.ts";
import { CannotReplay, type ExitCode, exitCodes } from "../replay/log/exit_codes.ts";
import { readImportStamp } from "../replay/log/import_stamp.ts";
import { requireEmpty } from "../replay/move/import_log.ts";
import { openReaders } from "../projections/readers.ts";
import { requireMigrated } from "../replay/log/require_migrated.ts";
import { retryUpdate } from "../replay/move/retry.ts";
import { openTerminal } from "./replay_terminal.ts";
import { openRights } from "./rights.ts";
import { openScreen } from "./screen.ts";
import { DatabaseUnavailable } from "../store/database_unavailable.ts";
import { findMasterKey, type MasterKey, openMasterKey } from "../store/master_key.ts";
import { migrate } from "../store/migrate.ts";
import { migrations } from "../flows/migrations.ts";
import { type DatabasePlace, openDatabase } from "../store/open_database.ts";
import { openPeople } from "../store/people.ts";

/** Runs one command; answers its exit code. Throws nothing. */
export async function replay(args: string[]): Promise<number> {
  const terminal = openTerminal();
  try {
    const parsed = parseCommand(args);
    if ("print" in parsed) {
      const print = parsed.code === exitCodes.whole ? terminal.print : terminal.note;
      for (const line of parsed.print.split("\n")) print(line);
      return parsed.code;
    }
    const desk: Desk = {
      ...terminal,
      charts,
      projections,
      migrations,
      inPlace,
      now: () => new Date(),
    };
    if (parsed.opens === "nothing") return await parsed.run(desk);
    return await runOn(desk, await readConfig(), parsed);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const sentence = isDenied(error)
      ? `Cannot do that as this user of the database: ${words}. Name the owner in DATABASE_URL`
      : words;
    terminal.note(sentence.trimEnd().replace(/[^.!?]$/, "$&."));
    return codeOf(error);
  }
}

async function runOn(
  desk: Desk,
  config: Config,
  plan: Exclude<Plan, { opens: "nothing" }>,
): Promise<ExitCode> {
  const read_only = plan.opens === "reading";
  const { sql, close } = await openDatabase(await placeOf(config), { read_only });
  try {
    await requireMigrated(sql, migrations);
    const stamp = await readImportStamp(sql);
    if (stamp?.redacted) desk.note("This log is redacted: stand-ins took the place of people.");
    return await plan.run({ ...desk, ...worldOf(sql, config) });
  } finally {
    await close();
  }
}

function worldOf(
  sql: postgres.Sql,
  config: Config,
): Omit<ReplayWorld, keyof Desk> {
  return {
    sql,
    aside: config.DATABASE_URL ? openCheckThreads(config.DATABASE_URL.reveal()) : [],
    ...openScreen(sql, config),
    async people() {
      const master = await keyOf(sql, config);
      return master && openPeople(sql, master.key);
    },
    async onUnseal(stream) {
      await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "json" });
      logOf("replay").warn("Names in {stream} are unsealed by user {uid} on {host}", {
        stream,
        uid: Deno.uid(),
        host: Deno.hostname(),
      });
      await stopLogging();
    },
    async retry(reference) {
      const read = openReaders({ sql });
      const { engine, people } = await openDialogues({
        ...{ sql, read },
        master: await openMasterKey(config.PII_KEY?.reveal() ?? null, config.DATA_DIR),
        owner: crypto.randomUUID(),
        // The bot that runs, or the next one, finds what is to be sent in the outbox.
        deliver: () => {},
        rights: (people) =>
          openRights({ people, makers: read(openMakers), admin_ids: config.ADMIN_IDS }),
        default_locale: config.DEFAULT_LOCALE,
        signal: new AbortController().signal,
      });
      return await retryUpdate({ sql, engine, people, now: Date.now }, reference);
    },
  };
}

/** The key of this database; null where there is none here, or it is another's. Makes none. */
async function keyOf(sql: postgres.Sql, { PII_KEY, DATA_DIR }: Config): Promise<MasterKey | null> {
  const master = await findMasterKey(PII_KEY?.reveal() ?? null, DATA_DIR);
  if (!master) return null;
  const [stamp] = await sql<{ value: string }[]>`select value from stamps where name = 'key'`;
  return stamp?.value === master.fingerprint ? master : null;
}

/** Where the log lies; a folder that is not there is not made, since it would prove nothing. */
async function placeOf({ DATABASE_URL, DATA_DIR }: Config): Promise<DatabasePlace> {
  if (DATABASE_URL) return { url: DATABASE_URL.reveal() };
  const folder = `${DATA_DIR}/postgres`;
  const found = await ifThere(Deno.stat(folder)).catch((error) => {
    throw new DatabaseUnavailable(`Cannot open ${folder}: ${error.message}`);
  });
  if (found?.isDirectory) return { folder };
  throw new DatabaseUnavailable(
    `Cannot open ${folder}: there is no database. ` +
      "Start the bot once, or choose another DATA_DIR or DATABASE_URL",
  );
}

/** A new place for a log: an address, or a folder as DATA_DIR has it. Refused unless it is empty. */
async function inPlace<Result>(
  place: string,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const is_server = /^postgres(ql)?:/.test(place);
  if (!is_server) await makeFolder(place);
  const database = await openDatabase(is_server ? { url: place } : { folder: `${place}/postgres` });
  try {
    await requireEmpty(database.sql);
    await migrate(database, migrations);
    return await work(database.sql);
  } finally {
    await database.close();
  }
}

async function makeFolder(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true }).catch((error) => {
    const words = error instanceof Error ? error.message : String(error);
    throw new DatabaseUnavailable(`Cannot make the folder ${folder}: ${words}`);
  });
}

/** insufficient_privilege: a role that runs the bot may neither verify nor rebuild. */
const isDenied = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "42501";

const unavailable = [
  "PostgresError",
  "RebuildOvertaken",
  "StoreUnavailable",
];

function codeOf(error: unknown): number {
  if (error instanceof CannotReplay) return error.code;
  if (error instanceof ExitError) return error.exit_code;
  if (isDenied(error)) return exitCodes.bad_config;
  const known = error instanceof Error && unavailable.includes(error.name);
  return known ? exitCodes.unavailable : exitCodes.defect;
}
