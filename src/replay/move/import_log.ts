/** An exported log into an empty database: as if its bot had always written there. */
import type postgres from "postgres";
import { Stream } from "../../../events/stream.ts";
import type { Projection } from "../../projections/projection.ts";
import type { EventRow } from "../../store/event_row.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { transaction } from "../../store/transaction.ts";
import { beforeFirst, checkLink, describePlace } from "../verify/check_row.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import type { ImportStamp } from "../log/import_stamp.ts";
import type { LogFile } from "../log/read_log_file.ts";

export interface Imported {
  facts: number;
  streams: number;
}

/** Facts that a read model takes at once. */
const PAGE_SIZE = 5_000;

/** Refuses a database in which anything lies already, migrated or not. */
export async function requireEmpty(sql: postgres.Sql): Promise<void> {
  const [there] = await sql<{ tables: number; migrated: boolean }[]>`
    select count(*)::int as tables, to_regclass('events') is not null
      and to_regclass('stamps') is not null as migrated
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = current_schema() and c.relkind = 'r'`.catch(throwStoreError);
  if (!there || there.tables === 0) return;
  const [used] = there.migrated
    ? await sql<{ is: boolean }[]>`
      select exists (select 1 from events) or exists (select 1 from people)
        or exists (select 1 from outbox) or exists (select 1 from stamps) as is`
      .catch(throwStoreError)
    : [{ is: true }];
  if (!used?.is) return;
  throw new CannotReplay(
    "Cannot import: the database is not empty, and a log is never mixed with another. " +
      "Make a new one",
    exitCodes.refused,
  );
}

/**
 * Imports `file` into the migrated, empty database, whole or not at all: each link is checked on the
 * way, and the read models are derived. Positions of a part of a log begin at 1 again, in its order.
 */
export async function importLog(
  sql: postgres.Sql,
  { header, pages }: LogFile,
  { projections, onProgress }: {
    projections: readonly Projection[];
    onProgress?: (done: number, total: number) => void;
  },
): Promise<Imported> {
  await requireEmpty(sql);
  return await transaction(sql, async (tx) => {
    await tx`set local statement_timeout = 0`;
    await tx`set local idle_in_transaction_session_timeout = 0`;
    await tx`create temp table incoming (like events) on commit drop`;
    let link = beforeFirst("");
    let facts = 0;
    for await (const rows of pages) {
      for (const row of rows) {
        if (row.stream !== link.stream) link = beforeFirst(row.stream);
        const fault = checkLink(link, row);
        if (fault !== null) throw refuse(`${describePlace(row)}: ${fault}`);
        link = { ...link, version: row.version, pos: row.pos, hash: row.hash };
      }
      await put(tx, rows);
      facts += rows.length;
      onProgress?.(facts, header.facts);
    }
    const streams = await settle(tx, facts);
    for (let after = 0; after < facts; after += PAGE_SIZE) {
      const upto = Math.min(facts, after + PAGE_SIZE);
      for (const projection of projections) {
        await projection.apply(tx, { after: tx`${after}::bigint`, upto: tx`${upto}::bigint` });
      }
    }
    const { redacted, complete } = header;
    const stamp: ImportStamp = { redacted, complete, facts };
    await tx`insert into stamps (name, value) values ('imported', ${JSON.stringify(stamp)})`;
    return { facts, streams };
  }).catch(refuseMisfits);
}

/** What the database cannot take of well-linked facts, nobody's bot has written. */
function refuseMisfits(error: unknown): never {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // Classes of data that are wrong, break a constraint, or go beyond a limit.
  if (!(error instanceof Error) || !/^(21|22|23|54)/.test(code)) throw error;
  throw refuse(`its facts do not fit together: ${error.message}`);
}

/** What the facts speak of and a log's file never holds. */
export interface Missing {
  photos: number;
  people: number;
}

/** Counts what is missing beside the facts: photos that were kept, and who had which dialogue. */
export async function countMissing(sql: postgres.Sql): Promise<Missing> {
  const [row] = await sql<Missing[]>`
    select (
      select count(distinct data->>'sha256')::int from events e
      where type = 'PhotoKept'
        and not exists (select from photos p where p.sha256 = e.data->>'sha256')
    ) as photos, (
      select count(distinct named[1])::int
      from streams s, regexp_match(s.stream, ${Stream.source}) as named
      where not exists (select from people p where p.person::text = named[1])
    ) as people`.catch(throwStoreError);
  return row ?? { photos: 0, people: 0 };
}

async function put(tx: postgres.TransactionSql, rows: readonly EventRow[]): Promise<void> {
  await tx`
    insert into incoming (pos, id, stream, version, type, schema_version, data, at, recorded_at,
      causation, correlation, machine, effects, state_hash, envelope, prev_hash, hash)
    select pos, id, stream, version, type, schema_version, data, at, clock_timestamp(), causation,
      correlation, machine, effects, state_hash, envelope, prev_hash, hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as r(pos bigint, id uuid,
      stream text, version int, type text, schema_version int, data jsonb, at bigint,
      causation text, correlation text, machine text, effects jsonb, state_hash text,
      envelope jsonb, prev_hash text, hash text)`;
}

/** From the waiting room into the log. */
async function settle(tx: postgres.TransactionSql, facts: number): Promise<number> {
  await tx`
    insert into events (pos, id, stream, version, type, schema_version, data, at, causation,
      correlation, machine, effects, state_hash, envelope, prev_hash, hash)
    select row_number() over (order by pos), id, stream, version, type, schema_version, data, at,
      causation, correlation, machine, effects, state_hash, envelope, prev_hash, hash
    from incoming order by pos`;
  await tx`update head set pos = ${facts}, prev = ${facts}`;
  const { count } = await tx`
    insert into streams (stream, version, hash)
    select distinct on (stream) stream, version, hash from events order by stream, version desc`;
  return count;
}

function refuse(words: string): CannotReplay {
  return new CannotReplay(`Cannot import: ${words}`, exitCodes.unreadable);
}
