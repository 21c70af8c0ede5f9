/** Whether a server is one to work on: what it is, where the tables are, whether settings hold. */
import type postgres from "postgres";
import {
  isLimit,
  literal,
  quoted,
  type SessionServer,
  type SessionSettings,
} from "./session_settings.ts";

/** What a server says of itself before any setting of ours. */
export interface ServerFacts extends SessionServer {
  encoding: string;
  /** It follows another server, and can only be read. */
  standby: boolean;
  user: string;
  database: string;
  /** The first schema of the search path that exists. */
  current: string | null;
  /** Schemas that hold tables of ours. */
  homes: readonly string[];
  /** Whether tables may be made in `schema`, and whether there is such a schema at all. */
  may_create: boolean;
  is_there: boolean;
  /** Triggers fire where it is `origin`: one of ours guards the log. */
  session_replication_role: string;
}

/** The oldest that is tried; older ones get no more mends either. */
const VERSION_MIN = 140_000;

/** Asks a server what it is. */
export async function readServer(sql: postgres.Sql): Promise<ServerFacts> {
  const [row] = await sql.unsafe<Omit<ServerFacts, "schema" | "may_create" | "is_there">[]>(`
    select current_setting('server_version_num')::int as version,
      current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby,
      current_user::text as user, current_database()::text as database,
      current_schema()::text as current,
      current_setting('synchronous_commit') as synchronous_commit,
      current_setting('session_replication_role') as session_replication_role,
      coalesce((
        select json_agg(n.nspname order by n.nspname) from pg_namespace n
        where has_schema_privilege(n.oid, 'usage') and (
          select count(*) from pg_class c
          where c.relnamespace = n.oid and c.relkind = 'r'
            and c.relname in ('migrations', 'head', 'stamps', 'seen_updates')
        ) = 4
      ), '[]') as homes`).simple();
  if (!row) throw new Error("The database did not say what it is");
  const schema = schemaOf(row) ?? row.current ?? "public";
  const [may] = await sql.unsafe<{ may_create: boolean | null; is_there: boolean }[]>(`
    select has_schema_privilege(to_regnamespace(${literal(quoted(schema))}), 'create')
        as may_create, to_regnamespace(${literal(quoted(schema))}) is not null as is_there`)
    .simple();
  return { ...row, schema, may_create: may?.may_create ?? false, is_there: may?.is_there ?? false };
}

/** Where the tables are: the search path chooses where several schemas have them. */
function schemaOf(
  { homes, current }: Pick<ServerFacts, "homes" | "current">,
): string | undefined {
  if (current !== null && homes.includes(current)) return current;
  return homes.length === 1 ? homes[0] : undefined;
}

/** A sentence, where this is no server to work on; null where it is one. */
export function refusalOf(facts: ServerFacts, read_only: boolean): string | null {
  const { version, encoding, standby, homes, schema, may_create, is_there, user, database } = facts;
  const [role, place] = [quoted(user), quoted(schema)];
  if (version < VERSION_MIN) {
    return `it is PostgreSQL ${Math.floor(version / 10_000)}, and the bot needs ${
      VERSION_MIN / 10_000
    } or newer. Upgrade the server, or choose another one in DATABASE_URL.`;
  }
  if (encoding !== "UTF8") {
    return `its encoding is ${encoding}, which cannot hold every text that people write. Make one ` +
      `with: create database ${quoted(`${database}_utf8`)} encoding 'UTF8' template template0.`;
  }
  if (standby && !read_only) {
    return "it is a standby, which cannot be written to. Name its primary in DATABASE_URL.";
  }
  if (facts.session_replication_role !== "origin") {
    return "session_replication_role is set for it, so the triggers that guard the log do not " +
      `fire. Take that back: alter role ${role} reset session_replication_role; alter database ` +
      `${quoted(database)} reset session_replication_role.`;
  }
  if (homes.length > 1 && !homes.includes(schema)) {
    return `the tables are in several of its schemas (${homes.join(", ")}). Choose one of them: ` +
      `alter role ${role} set search_path = ….`;
  }
  if (homes.length > 0 || read_only) return null;
  if (!is_there) return `it has no schema ${place}. Make it: create schema ${place}.`;
  return may_create ? null : `its user ${role} may not make tables in the schema ${place}. Let ` +
    `their owner make them: deno task migrate --role ${user}. Or allow it: grant usage, create on ` +
    `schema ${place} to ${role}.`;
}

/** What a session must be like and is not, by name; limits apart. */
export interface Unset {
  needed: readonly { name: string; is: string; wanted: string }[];
  limits: readonly string[];
}

/** Compares a session with what it was told: a pooler may have kept it from the server. */
export async function readUnset(
  sql: postgres.Sql,
  wanted: SessionSettings,
  schema: string,
): Promise<Unset> {
  const names = Object.keys(wanted).map(literal).join(", ");
  const rows = await sql.unsafe<{ name: string; setting: string; schema: string | null }[]>(
    `select name, setting, current_schema()::text as schema from pg_settings
    where name in (${names}) order by name`,
  ).simple();
  const unset = rows.filter(({ name, setting, schema: current }) =>
    // To be kept from writing is a favour, and not to be asked of the role.
    name === "default_transaction_read_only" && wanted[name] === "on"
      ? false
      : name === "search_path"
      ? current !== schema
      : !isSame(name, setting, wanted[name] ?? "")
  ).map(({ name, setting }) => ({ name, is: setting, wanted: wanted[name] ?? "" }));
  return {
    needed: unset.filter(({ name }) => !isLimit(name) && !HARMLESS.has(name)),
    limits: unset.map(({ name }) => name).filter(isLimit),
  };
}

/** They make queries slower or faster, and nothing else. */
const HARMLESS: ReadonlySet<string> = new Set(["jit", "extra_float_digits"]);

/** A style of dates may be told in part, and rows that a policy hides are there for the owner. */
function isSame(name: string, setting: string, wanted: string): boolean {
  if (name === "DateStyle") return setting.startsWith("ISO");
  return setting === wanted || name === "row_security";
}

/** What mends `unset`, as SQL. */
export const mendOf = ({ user }: ServerFacts, { needed }: Unset): string =>
  needed.map(({ name, wanted }) =>
    `alter role ${quoted(user)} set ${name} = ${name === "search_path" ? wanted : literal(wanted)};`
  ).join(" ");
