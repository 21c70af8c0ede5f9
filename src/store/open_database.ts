import { deadline } from "@std/async";
import postgres from "postgres";
import { healingPool } from "./healing_pool.ts";
import { DatabaseUnavailable } from "./database_unavailable.ts";
import { type Embedded, openInMemory, openInWorker } from "./embedded/open_embedded.ts";
import { startMaintenance } from "./embedded/maintenance.ts";
import { connectionOptions } from "./connection_options.ts";
import { lookAtServer } from "./open_server.ts";
import { embeddedStatements } from "./session_settings.ts";
import { describeRefusal, placeOf } from "./unavailable_server.ts";

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

/**
 * Opens the database at `place`. Throws DatabaseUnavailable where it is not there, UnfitDatabase
 * where it is not one to work on, and FolderInUse for a folder.
 */
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
  const configuration = { ...connectionOptions(max), ...embeddedSettings, socket: embedded.socket };
  const sql = healingPool((onclose) => postgres({ ...configuration, onclose }));
  try {
    await begin(sql, max, read_only);
    // There is one session, whatever the number of connections.
    await sql.unsafe(embeddedStatements(read_only)).simple();
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

async function openServer(url: string, options: DatabaseOptions): Promise<Database> {
  const { max = 6, read_only = false } = options;
  const sql = healingPool(await lookAtServer(url, { max, read_only }));
  try {
    await deadline(begin(sql, max, read_only), BEGIN_MS);
    return { sql, kind: "server", close: () => sql.end({ timeout: 5 }) };
  } catch (error) {
    // Not at once: the refused connection's timers end when the server has closed it.
    await sql.end({ timeout: REFUSED_END_SECONDS });
    if (!(error instanceof Error && error.name === "TimeoutError")) {
      throw describeRefusal(url, error);
    }
    throw new DatabaseUnavailable(
      `Cannot open the database ${placeOf(url)}: it gives fewer than the ${max + 2} connections ` +
        "that the bot needs. Raise the pool_size of the connection pooler there.",
    );
  }
}

/** How long a server that refused may take to close the connection. */
const REFUSED_END_SECONDS = 1;

/** A pooler keeps waiting whoever comes when its pool is full; connecting itself takes 10 s at most. */
const BEGIN_MS = 20_000;

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
