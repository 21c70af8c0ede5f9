/** Whether the tables are what the migrations make: triggers, functions, constraints, columns. */
import type postgres from "postgres";
import { shortenText } from "../../base/clean_text.ts";
import { transaction } from "../../store/transaction.ts";
import type { AddFault } from "./found.ts";

interface Part {
  /** "trigger events.events_are_append_only" */
  what: string;
  is: string;
}

/** Thrown to take back what was made for the comparison. */
class TakenBack extends Error {
  override name = "TakenBack";
}

/** Makes the schema anew in a transaction that is taken back, and compares part by part. */
export async function verifySchema(
  sql: postgres.Sql,
  migrations: readonly { name: string; sql: string }[],
  add: AddFault,
): Promise<void> {
  let live: Part[] = [];
  let made: Part[] = [];
  await transaction(sql, async (tx) => {
    await tx`set local statement_timeout = 0`;
    live = await readParts(tx);
    await tx`create schema amanita_as_migrated`;
    await tx`set local search_path to amanita_as_migrated`;
    for (const { sql } of migrations) await tx.unsafe(sql).simple();
    made = await readParts(tx);
    throw new TakenBack();
  }).catch((error) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  for (const sentence of compare(live, made)) add({ pos: Infinity, sentence });
}

/** Columns and indexes of an operator's own are nobody's business; what changes writes is. */
function compare(live: readonly Part[], made: readonly Part[]): string[] {
  const [is, wanted] = [live, made].map((parts) => new Map(parts.map((it) => [it.what, it.is])));
  const missing = made.flatMap(({ what, is: must }) => {
    const found = is?.get(what);
    if (found === must) return [];
    return [
      found === undefined
        ? `${what}: it is missing; the migrations make it: ${briefly(must)}`
        : `${what}: it is ${briefly(found)}, and the migrations make it ${briefly(must)}; ` +
          "make it so again",
    ];
  });
  const foreign = live.filter(({ what }) => /^(trigger|rule) /.test(what) && !wanted?.has(what))
    .map(({ what, is }) => `${what}: no migration makes it: ${briefly(is)}; drop it`);
  return [...missing, ...foreign];
}

/** A function may be long. */
const briefly = (definition: string): string => shortenText(definition, 160);

/** Parts of the current schema, with the names in it left bare. */
async function readParts(tx: postgres.TransactionSql): Promise<Part[]> {
  return await tx<Part[]>`
    with here as (
      select n.oid, quote_ident(n.nspname) || '.' as prefix
      from pg_namespace n where n.nspname = current_schema()
    ), ours as (
      select c.oid, c.relname, c.relrowsecurity, here.prefix from pg_class c
      join here on c.relnamespace = here.oid where c.relkind in ('r', 'p')
        and c.relname <> 'migrations'
    ), parts as (
      select 'trigger ' || relname || '.' || tgname as what,
        pg_get_triggerdef(t.oid) || case tgenabled when 'O' then '' when 'A' then ''
          else ' (disabled)' end as def, prefix
      from pg_trigger t join ours on t.tgrelid = ours.oid where not tgisinternal
      union all
      select 'rule ' || relname || '.' || rulename, pg_get_ruledef(r.oid), prefix
      from pg_rewrite r join ours on r.ev_class = ours.oid
      union all
      select 'function ' || proname, pg_get_functiondef(p.oid), prefix
      from pg_proc p join here on p.pronamespace = here.oid where p.prokind = 'f'
      union all
      select 'constraint ' || relname || '.' || conname, pg_get_constraintdef(k.oid) ||
        case when convalidated then '' else ' (not validated)' end, prefix
      from pg_constraint k join ours on k.conrelid = ours.oid where contype <> 'n'
      union all
      select 'index ' || i.relname, pg_get_indexdef(i.oid) ||
        case when x.indisvalid then '' else ' (not valid)' end, prefix
      from pg_index x join pg_class i on i.oid = x.indexrelid join ours on x.indrelid = ours.oid
      union all
      select 'column ' || relname || '.' || attname, format_type(atttypid, atttypmod) ||
        case when attnotnull then ' not null' else '' end ||
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') ||
        case attidentity when '' then '' else ' identity ' || attidentity::text end, prefix
      from pg_attribute a join ours on a.attrelid = ours.oid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where attnum > 0 and not attisdropped
      union all
      select 'rows of ' || relname, 'hidden by a policy', prefix from ours where relrowsecurity
    )
    select what, regexp_replace(replace(def, prefix, ''), '\\s+', ' ', 'g') as is from parts order by what`;
}
