/** The append-only log: every append goes through one group commit; see design, rule 6. */
import type postgres from "postgres";
import { type EventRow, type Json, type NewEvent, NO_HASH } from "./event_row.ts";
import { groupCommit } from "./group_commit.ts";
import { pipelined } from "./pipeline.ts";
import { StoreUnavailable, throwStoreError } from "./store_unavailable.ts";

/** Something to be done once the facts are committed: see the table `outbox`. */
export interface NewTask {
  /** Id of the effect: `<stream>:<version>:<index>`, or what else is unique. */
  effect: string;
  /** Tasks of one lane are carried out in order. */
  lane: string;
  kind: "send" | "job" | "tell";
  stream: string;
  payload: Json;
  correlation: string;
  /** Not before this time, in ms. */
  due_at: number;
}

/** An update that could not be handled, kept for another try; `payload` is sealed. */
export interface Failure {
  reference: string;
  payload: string;
  error: string;
}

/** Facts for one stream with all that belongs into their transaction. */
export interface Append {
  stream: string;
  /** The version that the stream must have; ignored where there are no events. */
  expected: number;
  events: readonly NewEvent[];
  /** What this answers: applied once, however often it comes. */
  cause: string;
  tasks: readonly NewTask[];
  failure?: Failure;
}

/** What became of an append. A conflict is a value: reload, decide again, append again. */
export type Appended =
  | {
    is: "appended";
    /** What projections decided about a fact, by fact id. */
    assigned: ReadonlyMap<string, Json>;
    /** Effects that must wait for another process's: the outbox brings them later. */
    waiting: ReadonlySet<string>;
  }
  | { is: "conflict"; actual: number }
  | { is: "duplicate" };

/** What a projection decided about one fact. */
export interface Assigned {
  fact: string;
  assigned: Json;
}

/** A read model that moves in the transaction of its facts. */
export interface InlineProjection {
  /** Types of the facts it applies. */
  readonly applies: ReadonlySet<string>;
  /** Applies the facts that `tx` has appended so far: those after `head.prev`. */
  applyNew(tx: postgres.ISql): Promise<readonly Assigned[]>;
}

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

/** Opens the log on `sql`; `owner` is this process, which delivers what it appends. */
export function openLog(
  sql: postgres.Sql,
  projections: readonly InlineProjection[],
  owner: string,
): Log {
  const commit = groupCommit<Append, Appended>({
    keyOf: (append) => append.stream,
    flush: (batch) => appendBatch(sql, projections, owner, batch),
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
  "effects, state_hash, prev_hash, hash";

async function readStream(
  sql: postgres.Sql,
  stream: string,
  version: number,
): Promise<EventRow[]> {
  return await sql<EventRow[]>`
    select ${sql.unsafe(eventColumns)} from events
    where stream = ${stream} and version > ${version} order by version`.catch(throwStoreError);
}

interface Judged {
  cause: string;
  actual: number;
  duplicate: boolean;
  accepted: boolean;
  waiting: string[];
}

/** One transaction for the whole batch: head, facts, outbox, then each projection's statements. */
async function appendBatch(
  sql: postgres.Sql,
  projections: readonly InlineProjection[],
  owner: string,
  batch: readonly Append[],
): Promise<Appended[]> {
  const types = new Set(batch.flatMap(({ events }) => events.map(({ type }) => type)));
  const moved = projections.filter(({ applies }) => !applies.isDisjointFrom(types));
  const [judged, assigned] = await pipelined(sql, async (tx) => {
    // The head's lock puts the batches of all processes in one order. A query of postgres.js waits
    // to be awaited, unless it is executed.
    const locked = tx`select pos from head for update`.execute();
    const written = writeBatch(tx, owner, batch).execute();
    const applied = moved.map((projection) => projection.applyNew(tx));
    const [, judged, ...assigned] = await Promise.all([locked, written, ...applied]);
    return [judged, assigned.flat()] as const;
  });
  const assignedByFact = new Map(assigned.map(({ fact, assigned }) => [fact, assigned]));
  const byCause = new Map(judged.map((row) => [row.cause, row]));
  return batch.map(({ cause }): Appended => {
    const row = byCause.get(cause);
    if (!row) throw new Error(`Cannot append for ${cause}: the database answered without it`);
    if (row.accepted) {
      return { is: "appended", assigned: assignedByFact, waiting: new Set(row.waiting) };
    }
    return row.duplicate ? { is: "duplicate" } : { is: "conflict", actual: row.actual };
  });
}

function writeBatch(tx: postgres.ISql, owner: string, batch: readonly Append[]) {
  const events = batch.flatMap(({ events }) => events);
  const tasks = batch.flatMap(({ cause, tasks }) => tasks.map((task) => ({ ...task, cause })));
  const failures = batch.flatMap(({ cause, failure }) => (failure ? [{ ...failure, cause }] : []));
  return tx<Judged[]>`
    with asked as materialized (
      select * from unnest(
        ${batch.map((a) => a.stream)}::text[], ${batch.map((a) => a.expected)}::int[],
        ${batch.map((a) => a.events.length)}::int[], ${batch.map((a) => a.cause)}::text[],
        ${batch.map((a) => a.events.at(-1)?.hash ?? "")}::text[]
      ) as asked(stream, expected, n, cause, hash)
    ), judged as materialized (
      select asked.*, coalesce(s.version, 0) as actual,
        exists (select 1 from seen_updates u where u.cause = asked.cause) as duplicate
      from asked left join streams s on s.stream = asked.stream
    ), ok as materialized (
      select * from judged where not duplicate and (n = 0 or expected = actual)
    ), seen as (
      insert into seen_updates (cause) select cause from ok
    ), moved as (
      insert into streams (stream, version, hash)
      select stream, expected + n, hash from ok where n > 0
      on conflict (stream) do update set version = excluded.version, hash = excluded.hash
    ), h as (
      update head set prev = pos, pos = pos + (select coalesce(sum(n), 0) from ok) returning prev
    ), written as (
      insert into events (${tx.unsafe(eventColumns)})
      select h.prev + row_number() over (order by e.i), e.id, e.stream, e.version, e.type,
        e.schema_version, e.data::jsonb, e.at, e.causation, e.correlation, e.machine,
        e.effects::jsonb, e.state_hash, e.prev_hash, e.hash
      from unnest(
        ${events.map((e) => e.id)}::uuid[], ${events.map((e) => e.stream)}::text[],
        ${events.map((e) => e.version)}::int[], ${events.map((e) => e.type)}::text[],
        ${events.map((e) => e.schema_version)}::int[],
        ${events.map((e) => JSON.stringify(e.data))}::text[],
        ${events.map((e) => e.at)}::bigint[], ${events.map((e) => e.causation)}::text[],
        ${events.map((e) => e.correlation)}::text[], ${events.map((e) => e.machine)}::text[],
        ${events.map((e) => JSON.stringify(e.effects))}::text[],
        ${events.map((e) => e.state_hash)}::text[], ${events.map((e) => e.prev_hash)}::text[],
        ${events.map((e) => e.hash)}::text[]
      ) with ordinality as e(id, stream, version, type, schema_version, data, at, causation,
        correlation, machine, effects, state_hash, prev_hash, hash, i)
      join ok on ok.stream = e.stream cross join h
    ), queued as (
      insert into outbox (effect, lane, kind, stream, payload, correlation, due_at, owner)
      select t.effect, t.lane, t.kind, t.stream, t.payload::jsonb, t.correlation, t.due_at,
        case when exists (
          select 1 from outbox o
          where o.lane = t.lane and o.done_at is null and o.owner is distinct from ${owner}::uuid
        ) then null else ${owner}::uuid end
      from unnest(
        ${tasks.map((t) => t.cause)}::text[], ${tasks.map((t) => t.effect)}::text[],
        ${tasks.map((t) => t.lane)}::text[], ${tasks.map((t) => t.kind)}::text[],
        ${tasks.map((t) => t.stream)}::text[],
        ${tasks.map((t) => JSON.stringify(t.payload))}::text[],
        ${tasks.map((t) => t.correlation)}::text[], ${tasks.map((t) => t.due_at)}::bigint[]
      ) with ordinality as t(cause, effect, lane, kind, stream, payload, correlation, due_at, i)
      join ok on ok.cause = t.cause order by t.i
      returning effect, owner
    ), failed as (
      insert into failed_updates (reference, cause, stream, payload, error)
      select f.reference, f.cause, ok.stream, f.payload, f.error
      from unnest(
        ${failures.map((f) => f.reference)}::text[], ${failures.map((f) => f.cause)}::text[],
        ${failures.map((f) => f.payload)}::text[], ${failures.map((f) => f.error)}::text[]
      ) as f(reference, cause, payload, error)
      join ok on ok.cause = f.cause
    )
    select judged.cause, judged.actual, judged.duplicate, ok.cause is not null as accepted,
      coalesce((select array_agg(effect) from queued where owner is null), '{}') as waiting
    from judged left join ok on ok.cause = judged.cause`;
}
