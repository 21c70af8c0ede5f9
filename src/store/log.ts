/** The append-only log: every append goes through one group commit; see design, rule 6. */
import type postgres from "postgres";
import type { Append, Appended, InlineProjection, ReadAlong } from "./append.ts";
import { type EventRow, NO_HASH } from "./event_row.ts";
import { groupCommit } from "./group_commit.ts";
import { pipelined, unlessFailedBefore } from "./pipeline.ts";
import { lockHead, writeBatch } from "./write_batch.ts";
import { StoreUnavailable, throwStoreError } from "./store_unavailable.ts";

/** The log, as the runtime writes and reads it. */
export interface Log {
  append(append: Append): Promise<Appended>;
  /** Facts of one stream after `version`, in order. */
  read(stream: string, version: number): Promise<EventRow[]>;
  /** Version and last hash of a stream: 0 and "" where there is none. */
  tip(stream: string): Promise<{ version: number; hash: string }>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
}

/**
 * Opens the log on `sql`; `owner` is this process, which delivers what it appends. `readAlong` spares
 * those who carry out what was appended a question of their own.
 */
export function openLog(
  sql: postgres.Sql,
  projections: readonly InlineProjection[],
  owner: string,
  readAlong: ReadAlong = () => Promise.resolve(new Map()),
): Log {
  const commit = groupCommit<Append, Appended>({
    keyOf: (append) => append.stream,
    flush: (batch) => appendBatch(sql, { projections, owner, readAlong }, batch),
    retriesAlone: (error) => !(error instanceof StoreUnavailable),
  });
  return {
    append: commit.submit,
    idle: commit.idle,
    read: (stream, version) => readStream(sql, stream, version),
    async tip(stream) {
      const [row] = await sql<{ version: number; hash: string }[]>`
        select version, hash from streams where stream = ${stream}`.catch(throwStoreError);
      return row ?? { version: 0, hash: NO_HASH };
    },
  };
}

/** Columns of `EventRow`, for those who read the log in another order. */
export const eventColumns =
  "pos, id, stream, version, type, schema_version, data, at, causation, correlation, machine, " +
  "effects, state_hash, envelope, prev_hash, hash";

async function readStream(
  sql: postgres.Sql,
  stream: string,
  version: number,
): Promise<EventRow[]> {
  return await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from events
    where stream = ${stream} and version > ${version} order by version`.catch(throwStoreError);
}

/** What every batch is written with. */
interface Writing {
  projections: readonly InlineProjection[];
  owner: string;
  readAlong: ReadAlong;
}

/**
 * One transaction for the whole batch: head, facts, outbox, then each projection's statements, and
 * what is read along.
 */
async function appendBatch(
  sql: postgres.Sql,
  { projections, owner, readAlong }: Writing,
  batch: readonly Append[],
): Promise<Appended[]> {
  const types = new Set(batch.flatMap(({ events }) => events.map(({ type }) => type)));
  const moved = projections.filter(({ applies }) => !applies.isDisjointFrom(types));
  const [judged, assigned, along] = await pipelined(sql, async (tx) => {
    // A query of postgres.js waits to be awaited, unless it is executed.
    const locked = lockHead(tx).execute();
    const written = writeBatch(tx, owner, batch).execute();
    const applied = moved.map((projection) => projection.applyNew(tx, types));
    const streams = batch.map(({ stream }) => stream);
    const reading = unlessFailedBefore(readAlong(tx, streams));
    const [, judged, along, ...assigned] = await Promise.all([
      ...[locked, written, reading] as const,
      ...applied,
    ]);
    return [judged, assigned.flat(), along] as const;
  });
  const assignedByFact = new Map(assigned.map(({ fact, assigned }) => [fact, assigned]));
  const rows = new Map(judged.map((row) => [row.i, row]));
  return batch.map(({ cause, stream, events }, i): Appended => {
    const row = rows.get(i + 1);
    if (!row) throw new Error(`Cannot append for ${cause}: the database answered without it`);
    if (row.accepted) {
      const own = events.flatMap(({ id }) => {
        const decided = assignedByFact.get(id);
        return decided === undefined ? [] : [[id, decided] as const];
      });
      const waiting = new Set(row.waiting);
      const known = along.get(stream) ?? null;
      return { is: "appended", assigned: new Map(own), along: known, waiting };
    }
    return row.duplicate ? { is: "duplicate" } : { is: "conflict", actual: row.actual };
  });
}
