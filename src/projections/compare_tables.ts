/** Two tables of one shape, compared row for row by their primary key. */
import type { Json } from "../base/json.ts";
import type postgres from "postgres";

type Row = Readonly<Record<string, Json>>;

/** How the live rows of one table compare with those derived from the log. */
export interface TableComparison {
  table: string;
  live: number;
  derived: number;
  /** Rows that are on one side only, or on both and unlike. */
  differing: number;
  /** The first few of them, a sentence each. */
  examples: readonly string[];
}

const EXAMPLES_MAX = 3;

/** Compares `live.table` with `derived.table`. */
export async function compareTable(
  tx: postgres.TransactionSql,
  table: string,
  live: string,
  derived: string,
): Promise<TableComparison> {
  const keys = await keysOf(tx, table, live);
  const key = tx(keys[0] ?? "");
  const joined = tx`${tx(live)}.${tx(table)} l full join ${tx(derived)}.${tx(table)} d
    on ${sameKey(tx, keys)}`;
  const [counts] = await tx<{ live: number; derived: number; differing: number }[]>`
    select count(l.${key})::int as live, count(d.${key})::int as derived,
      count(*) filter (where row(l.*) is distinct from row(d.*))::int as differing
    from ${joined}`;
  const { differing } = counts ?? { differing: 0 };
  const rows = differing === 0 ? [] : await tx<{ live: Row | null; derived: Row | null }[]>`
    select to_jsonb(l) as live, to_jsonb(d) as derived from ${joined}
    where row(l.*) is distinct from row(d.*)
    order by coalesce(l.${key}, d.${key}) limit ${EXAMPLES_MAX}`;
  return {
    table,
    live: counts?.live ?? 0,
    derived: counts?.derived ?? 0,
    differing,
    examples: rows.map((row) => describe(table, keys, row.live, row.derived)),
  };
}

/** Makes the rows of `live.table` those of `derived.table`; writes only what differs. */
export async function replaceTable(
  tx: postgres.TransactionSql,
  table: string,
  live: string,
  derived: string,
): Promise<void> {
  const keys = await keysOf(tx, table, live);
  await tx`
    delete from ${tx(live)}.${tx(table)} l where not exists (
      select 1 from ${tx(derived)}.${tx(table)} d
      where ${sameKey(tx, keys)} and row(l.*) is not distinct from row(d.*)
    )`;
  await tx`
    insert into ${tx(live)}.${tx(table)}
    select d.* from ${tx(derived)}.${tx(table)} d where not exists (
      select 1 from ${tx(live)}.${tx(table)} l where ${sameKey(tx, keys)}
    )`;
}

/** Columns of the primary key, in its order. */
async function keysOf(
  tx: postgres.TransactionSql,
  table: string,
  schema: string,
): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select a.attname as name
    from pg_index i
    join pg_class c on c.oid = i.indrelid
    join pg_namespace n on n.oid = c.relnamespace
    join unnest(i.indkey::int2[]) with ordinality as k(number, place) on true
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.number
    where n.nspname = ${schema} and c.relname = ${table} and i.indisprimary
    order by k.place`;
  if (rows.length > 0) return rows.map(({ name }) => name);
  throw new Error(`Cannot compare ${schema}.${table}: it has no primary key`);
}

function sameKey(tx: postgres.TransactionSql, keys: readonly string[]): postgres.Fragment {
  return keys.map((key) => tx`l.${tx(key)} = d.${tx(key)}`)
    .reduce((all, one) => tx`${all} and ${one}`);
}

function describe(
  table: string,
  keys: readonly string[],
  live: Row | null,
  derived: Row | null,
): string {
  const some = live ?? derived ?? {};
  const which = `${table} ${keys.map((key) => `${key} ${String(some[key])}`).join(", ")}`;
  if (!live) return `${which}: missing, and the log says that it is there`;
  if (!derived) return `${which}: is there, and the log knows nothing of it`;
  const columns = Object.keys(live)
    .filter((name) => JSON.stringify(live[name]) !== JSON.stringify(derived[name]))
    .map((name) => difference(name, live[name], derived[name]));
  return `${which}: ${columns.join("; ")}`;
}

/** Texts are not shown: among them are the codes of cards. */
function difference(name: string, live: Json | undefined, derived: Json | undefined): string {
  if (typeof live === "string" || typeof derived === "string") return `${name} is another`;
  return `${name} is ${JSON.stringify(live)}, not ${JSON.stringify(derived)}`;
}
