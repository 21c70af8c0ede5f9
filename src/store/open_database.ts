import { deadline } from "@std/async";
import postgres from "postgres";
import { healingPool } from "./healing_pool.ts";
import { DatabaseUnavailable } from "./database_unavailable.ts";
import { type Embedded, openInMemory, openInWorker } from "./embedded/open_embedded.ts";
import { startMaintenance } from "./embedded/maintenance.ts";

/** A server (`postgres://user:password@host:5432/database`), a folder of ours, or memory. */
export type DatabasePlace = { url: string } | { folder: string } | { memory: true };

/** An open database. int8 arrives as a number. */
export interface Database {
  sql: postgres.Sql;
  kind: "server" | "embedded";
  /** Ends every connection: within 5 s on a server, 2 s embedded. */
  close(): Promise<void>;
}

/** Connections, for a server and embedded alike. */
export interface DatabaseOptions {
  /** How many connections at most; 4 embedded and 6 on a server unless told. Two more append. */
  max?: number;
  /** Refuses to write, in every transaction that does not ask for it. */
  read_only?: boolean;
  /** How often the embedded database writes a checkpoint; 60,000 unless told. */
  checkpoint_ms?: number;
}

/** Opens the database at `place`. Throws DatabaseUnavailable, and FolderInUse for a folder. */
export async function openDatabase(
  place: DatabasePlace,
  options: DatabaseOptions = {},
): Promise<Database> {
  if ("url" in place) return await openServer(place.url, options);
  if ("memory" in place) return await openEmbedded(await openInMemory(), options);
  return await openEmbedded(await openInWorker(place.folder), options);
}

/** Opens a database on an engine that runs already. Closing it closes `embedded`. */
export async function openEmbedded(
  embedded: Embedded,
  { max = 4, checkpoint_ms = 60_000, read_only = false }: DatabaseOptions = {},
): Promise<Database> {
  // A constant of its own, since `socket` is missing from postgres.js's types.
  const configuration = { ...settings(max), ...embeddedSettings, socket: embedded.socket };
  const sql = healingPool((onclose) => postgres({ ...configuration, onclose }));
  try {
    await begin(sql, max, read_only);
    // There is one session, whatever the number of connections.
    await sql.unsafe(`set default_transaction_read_only = ${read_only ? "on" : "off"}`);
  } catch (error) {
    await sql.end({ timeout: 0 });
    await embedded.close();
    throw error;
  }
  const maintenance = startMaintenance(sql, checkpoint_ms);
  return {
    sql,
    kind: "embedded",
    async close() {
      await deadline(maintenance.close(), 800).catch(() => undefined);
      await sql.end({ timeout: 0.4 });
      await embedded.close();
    },
  };
}

/** How long a server that refused may take to close the connection. */
const REFUSED_END_SECONDS = 1;

async function openServer(url: string, options: DatabaseOptions): Promise<Database> {
  const { max = 6, read_only = false } = options;
  const sql = healingPool((onclose) => connect(url, { max, read_only }, onclose));
  try {
    await begin(sql, max, read_only);
  } catch (error) {
    // Not at once: the refused connection's timers end when the server has closed it.
    await sql.end({ timeout: REFUSED_END_SECONDS });
    throw new DatabaseUnavailable(unavailable(url, error), { cause: error });
  }
  return { sql, kind: "server", close: () => sql.end({ timeout: 5 }) };
}

/**
 * postgres.js learns of array types beside the first query of each connection: too late for that
 * query's arrays, and a connection that breaks just then ends the process. Once is enough.
 */
async function begin(sql: postgres.Sql, max: number, read_only: boolean): Promise<void> {
  await sql`select 1`;
  // All connections, and those that append: one that is refused is better refused now.
  await Promise.all(Array.from({ length: max }, () => sql`select 1`));
  sql.options.fetch_types = false;
  if (!read_only) (await sql.reserve()).release();
}

function connect(
  url: string,
  { max, read_only }: { max: number; read_only: boolean },
  onclose: () => void,
): postgres.Sql {
  try {
    return postgres(url, {
      ...settings(max),
      max_lifetime: null,
      onclose,
      connection: {
        application_name: "amanita",
        TimeZone: "UTC",
        statement_timeout: 15_000,
        idle_in_transaction_session_timeout: 30_000,
        default_transaction_read_only: read_only,
      },
    });
  } catch {
    // The error would show the address, and with it the password.
    throw new DatabaseUnavailable(
      "Cannot open the database: DATABASE_URL is no address. " +
        "Write it as postgres://user:password@host:5432/database.",
    );
  }
}

/** Whatever is not named here postgres.js takes from the environment (PGPORT, PGMAX, …). */
function settings(max: number) {
  return {
    max,
    idle_timeout: 0,
    connect_timeout: 10,
    max_pipeline: 100,
    keep_alive: 60,
    prepare: true,
    debug: false,
    fetch_types: true,
    onnotice() {},
    types: { int8: { to: 20, from: [20], serialize: String, parse: Number } },
  };
}

const embeddedSettings = {
  host: "embedded",
  port: 5432,
  user: "postgres",
  pass: "none",
  database: "postgres",
  ssl: false,
  max_lifetime: null,
  connection: { application_name: "amanita" },
};

function unavailable(url: string, error: unknown): string {
  const { hostname, port, pathname } = new URL(url);
  const where = `${hostname}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1)) || "(the user's own)";
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = error instanceof Error ? error.message : String(error);
  const mend = code === "28P01" || code === "28000"
    ? "Correct the user or the password in DATABASE_URL."
    : code === "3D000"
    ? `Create it (createdb ${database}) or correct DATABASE_URL.`
    : "Start Postgres there or correct DATABASE_URL.";
  return `Cannot open the database ${database} at ${where}: ${reason || code}. ${mend}`;
}
