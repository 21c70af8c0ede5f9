/** Connections to a PostgreSQL server, once it has been looked at. */
import postgres from "postgres";
import { logOf } from "../base/log.ts";
import { connectionOptions } from "./connection_options.ts";
import { DatabaseUnavailable } from "./database_unavailable.ts";
import { mendOf, readServer, readUnset, refusalOf, type ServerFacts } from "./fit_server.ts";
import {
  firstSettings,
  type SessionSettings,
  settingNames,
  settingsFor,
  throughPooler,
} from "./session_settings.ts";
import { UnfitDatabase } from "./unfit_database.ts";
import { describeRefusal, placeOf } from "./unavailable_server.ts";

/** Opens connections with the server's settings; each open pool calls `onclose` when one is lost. */
export type Connect = (onclose: () => void) => postgres.Sql;

/**
 * Looks at the server at `url` through two connections and answers how to open more. Throws
 * DatabaseUnavailable where there is none, UnfitDatabase where it is not one to work on.
 */
export async function lookAtServer(
  url: string,
  options: { max: number; read_only: boolean },
): Promise<Connect> {
  const looks: postgres.Sql[] = [];
  const look = (settings: SessionSettings) => {
    const sql = open(url, settings, { max: 1, prepare: false, fetch_types: false });
    looks.push(sql);
    return sql;
  };
  try {
    const taken = await isTaken(look(firstSettings));
    const first = taken ? looks[0] ?? look(firstSettings) : look(throughPooler(firstSettings));
    const facts = await readServer(first);
    const refusal = refusalOf(facts, options.read_only);
    if (refusal !== null) {
      throw new UnfitDatabase(`Cannot work on the database ${placeOf(url)}: ${refusal}`);
    }
    const wanted = settingsFor(facts, options);
    const settings = taken ? wanted : throughPooler(wanted);
    const second = look(settings);
    await refuseShared(url, first, second);
    await refuseUnset(url, facts, second, wanted);
    return (onclose) => open(url, settings, { max: options.max, max_lifetime: null, onclose });
  } catch (error) {
    if (error instanceof UnfitDatabase || error instanceof DatabaseUnavailable) throw error;
    throw describeRefusal(url, error);
  } finally {
    // Not at once: a refused connection's timers end when the server has closed it.
    await Promise.all(looks.map((sql) => sql.end({ timeout: REFUSED_END_SECONDS })));
  }
}

/** How long a server that refused may take to close the connection. */
const REFUSED_END_SECONDS = 1;

/** Whether a session may begin with settings; PgBouncer knows a few, and refuses all others. */
async function isTaken(sql: postgres.Sql): Promise<boolean> {
  try {
    await sql.unsafe("select 1").simple();
    return true;
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    if (/unsupported startup parameter/i.test(words)) return false;
    throw error;
  }
}

/** What a pooler has kept from the server must be there all the same, set for the role. */
async function refuseUnset(
  url: string,
  facts: ServerFacts,
  sql: postgres.Sql,
  wanted: SessionSettings,
): Promise<void> {
  const unset = await readUnset(sql, wanted, facts.schema);
  if (unset.needed.length > 0) {
    const are = unset.needed.map(({ name, is }) => `${name} is ${is || "empty"}`).join(", ");
    throw new UnfitDatabase(
      `Cannot work on the database ${
        placeOf(url)
      }: a connection pooler there keeps what a session ` +
        `needs from the server: ${are}. Set it for the user: ${
          mendOf(facts, unset)
        } Then tell the ` +
        "pooler to RECONNECT. Or name the server itself in DATABASE_URL.",
    );
  }
  if (unset.limits.length > 0) {
    logOf("store").warn(
      "A connection pooler keeps time limits from the server, so what hangs there is not ended: " +
        "{limits}. Set them for the user, or query_timeout in the pooler.",
      { limits: unset.limits.join(", ") },
    );
  }
}

/**
 * A session of ours is one of the server's, with its settings and prepared statements. Where two
 * are served by one backend in turn, or one by two, a pooler hands them out by the transaction.
 */
async function refuseShared(
  url: string,
  first: postgres.Sql,
  second: postgres.Sql,
): Promise<void> {
  const pids: number[] = [];
  for (const sql of [first, second, second, first]) {
    const [row] = await sql.unsafe<{ pid: number }[]>("select pg_backend_pid() as pid").simple();
    pids.push(row?.pid ?? 0);
  }
  const [a, b, b2, a2] = pids;
  if (a === a2 && b === b2 && a !== b) return;
  throw new UnfitDatabase(
    `Cannot work on the database ${
      placeOf(url)
    }: a connection pooler there gives each transaction ` +
      "another session (pool_mode = transaction or statement), and the bot's prepared statements " +
      "and settings belong to a session. Set pool_mode = session for it, or name the server itself " +
      "in DATABASE_URL.",
  );
}

function open(
  url: string,
  settings: SessionSettings,
  options: Partial<ReturnType<typeof connectionOptions>> & {
    max: number;
    max_lifetime?: null;
    onclose?: () => void;
  },
): postgres.Sql {
  try {
    const connection = { application_name: "amanita", ...settings };
    const { address, host, port } = readAddress(url);
    return postgres(address, {
      ...connectionOptions(options.max),
      ...options,
      ...host !== null && { host },
      ...port !== null && { port: Number(port) },
      connection,
    });
  } catch {
    // The error would show the address, and with it the password.
    throw new DatabaseUnavailable(
      "Cannot open the database: DATABASE_URL is no address. " +
        "Write it as postgres://user:password@host:5432/database.",
    );
  }
}

/** `url` without what it says of our settings, which would win; a host may be a folder. */
function readAddress(url: string) {
  const [address = "", query] = url.split("?", 2);
  if (query === undefined) return { address: url, host: null, port: null };
  const said = new URLSearchParams(query);
  const ours = new Set(["host", "port", ...settingNames].map((name) => name.toLowerCase()));
  const kept = new URLSearchParams([...said].filter(([name]) => !ours.has(name.toLowerCase())));
  return {
    address: kept.size === 0 ? address : `${address}?${kept}`,
    host: said.get("host"),
    port: said.get("port"),
  };
}
