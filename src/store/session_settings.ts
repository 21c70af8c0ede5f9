/** What every session is told, so that nothing set on a server, a database or a role changes it. */

/** What of a server decides how its sessions are set. */
export interface SessionServer {
  /** As `server_version_num`. */
  version: number;
  /** Where the tables are, or are to be. */
  schema: string;
  /** As the server, the database or the role has it. */
  synchronous_commit: string;
}

/** Values as `pg_settings` shows them. */
export type SessionSettings = Readonly<Record<string, string>>;

/** How bytes, numbers, times and texts are written and read. */
const formats: SessionSettings = {
  client_encoding: "UTF8",
  TimeZone: "UTC",
  DateStyle: "ISO, MDY",
  IntervalStyle: "postgres",
  bytea_output: "hex",
  extra_float_digits: "1",
  standard_conforming_strings: "on",
  array_nulls: "on",
  transform_null_equals: "off",
};

/** What a transaction is where it does not say it, and what ends one. */
const transactions: SessionSettings = {
  default_transaction_isolation: "read committed",
  default_transaction_deferrable: "off",
  exit_on_error: "off",
  row_security: "off",
  jit: "off",
};

/** In ms; 0 is none. A pooler may keep these: it has limits of its own. */
const limits: SessionSettings = {
  statement_timeout: "15000",
  idle_in_transaction_session_timeout: "30000",
  lock_timeout: "0",
  idle_session_timeout: "0",
};

/** From PostgreSQL 17 on. */
const newer: SessionSettings = { transaction_timeout: "0" };
const NEWER = 170_000;

/** What of it a pooler such as PgBouncer hands on to each server of its own. */
const handed_on = ["client_encoding", "TimeZone", "DateStyle", "standard_conforming_strings"];

/** Sets all that we depend on; `synchronous_commit` only where a commit would not wait for the disk. */
export function settingsFor(
  { version, schema, synchronous_commit }: SessionServer,
  { read_only }: { read_only: boolean },
): SessionSettings {
  return {
    ...formats,
    ...transactions,
    ...limits,
    ...version >= NEWER && newer,
    default_transaction_read_only: read_only ? "on" : "off",
    search_path: quoted(schema),
    ...synchronous_commit === "off" && { synchronous_commit: "on" },
  };
}

/** What every server knows, for the first look at one. */
export const firstSettings: SessionSettings = {
  ...formats,
  statement_timeout: "15000",
};

/** The names of all that is ever set. */
export const settingNames: readonly string[] = Object.keys({
  ...settingsFor({ version: NEWER, schema: "", synchronous_commit: "off" }, { read_only: false }),
});

/** The part of `settings` that reaches a server through a pooler which refuses the others. */
export const throughPooler = (settings: SessionSettings): SessionSettings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => handed_on.includes(name)));

/** Settings whose lack breaks nothing at once: only what hangs is not ended. */
export const isLimit = (name: string): boolean => name in limits || name in newer;

/** What the embedded database is told: it has one session, which nobody else uses. */
export const embeddedStatements = (read_only: boolean): string =>
  Object.entries({ ...formats, default_transaction_read_only: read_only ? "on" : "off" })
    .map(([name, value]) => `set ${name} = ${literal(value)}`).join("; ");

/** A name as SQL quotes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A value as SQL quotes it. */
export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
