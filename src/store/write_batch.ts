/** The one statement that writes a batch: judges each append, and writes what belongs to the accepted. */
import type { Envelope } from "../../events/envelope.ts";
import type { Json } from "../base/json.ts";
import type postgres from "postgres";

import type { Append } from "./append.ts";

/** The verdict on one append of the batch. */
export interface Judged {
  /** Its place in the batch, from 1. */
  i: number;
  accepted: boolean;
  duplicate: boolean;
  /** The version that the stream had. */
  actual: number;
  /** Effects of the whole batch that must wait for another process's. */
  waiting: string[];
}

/**
 * Takes the head, which puts the batches of all processes in one order, for the rest of the
 * transaction. What follows looks up a few rows of large tables: with the planner's estimates for
 * unnested arrays that could become scans of whole tables, so those are not on offer (and neither
 * is compiling, for which their forbidding price would ask).
 *
 * Settings also hold the statements of a batch together: the write needs what is set here for this
 * transaction, and every model's statement what the write has set. In another order, or outside of
 * the transaction, they fail instead of doing half. A second batch in one transaction would make it
 * 'onon', which no write takes for true.
 */
export function lockHead(tx: postgres.ISql) {
  return tx`
    select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
      set_config('enable_mergejoin', 'off', true), set_config('enable_bitmapscan', 'off', true),
      set_config('jit', 'off', true),
      set_config('amanita.locked',
        coalesce(current_setting('amanita.locked', true), '') || 'on', true)
    from (select pos from head for update) locked`;
}

/** The facts that the batch of this transaction has written: after one position up to another. */
export function writtenRange(tx: postgres.ISql) {
  return {
    after: tx`current_setting('amanita.after')::bigint`,
    upto: tx`current_setting('amanita.upto')::bigint`,
  };
}

/**
 * Whether another process has tasks in a lane is asked in three parts, each of which is one step in
 * the index: a chat may have a long queue of this process's own.
 *
 * Everything is sent as one array per column, and JSON as `asOne` makes it. `b` is the place of an
 * event's, a task's or a failure's append in the batch; `rule` holds what was decided, by that place.
 *
 * A task that is there and done is of an update whose id has come again long after: Telegram's ids
 * begin anew after an idle week.
 */
export function writeBatch(tx: postgres.ISql, owner: string, batch: readonly Append[]) {
  const of = <Row>(rows: (append: Append) => readonly Row[]) =>
    batch.flatMap((append, i) => rows(append).map((row) => ({ ...row, b: i + 1 })));
  const events = of(({ events }) => events);
  const tasks = of(({ tasks }) => tasks);
  const failures = of(({ failure }) => (failure ? [failure] : []));
  return tx<Judged[]>`
    with asked as materialized (
      select * from unnest(
        ${batch.map((a) => a.stream)}::text[], ${batch.map((a) => a.expected)}::int[],
        ${batch.map((a) => a.events.length)}::int[], ${batch.map((a) => a.cause)}::text[],
        ${batch.map((a) => a.events.at(-1)?.hash ?? "")}::text[]
      ) with ordinality as asked(stream, expected, n, cause, hash, i)
    ), judged as materialized (
      select a.*, coalesce(s.version, 0) as actual, u.cause is not null as duplicate,
        u.cause is null and (a.n = 0 or a.expected = coalesce(s.version, 0)) as accepted
      from asked a
      left join streams s on s.stream = a.stream
      left join seen_updates u on u.cause = a.cause
    ), rule as materialized (
      select array_agg(accepted order by i) as accepted, array_agg(stream order by i) as stream,
        array_agg(cause order by i) as cause
      from judged
    ), seen as (
      insert into seen_updates (cause) select cause from judged where accepted
    ), moved as (
      insert into streams (stream, version, hash)
      select stream, expected + n, hash from judged where accepted and n > 0
      on conflict (stream) do update set version = excluded.version, hash = excluded.hash
    ), h as (
      update head set prev = pos,
        pos = pos + (select coalesce(sum(n), 0) from judged where accepted)
      where id = 1 and current_setting('amanita.locked')::boolean returning prev, pos
    ), told as materialized (
      select set_config('amanita.after', prev::text, true),
        set_config('amanita.upto', pos::text, true)
      from h
    ), written as (
      insert into events (pos, id, stream, version, type, schema_version, data, at, causation,
        correlation, machine, effects, state_hash, envelope, prev_hash, hash)
      select h.prev + row_number() over (order by e.i), e.id, rule.stream[e.b], e.version, e.type,
        e.schema_version, e.data::jsonb, e.at, e.causation, e.correlation, e.machine,
        e.effects::jsonb, e.state_hash, nullif(e.envelope, 'null')::jsonb, e.prev_hash, e.hash
      from unnest(
        ${events.map((e) => e.b)}::int[], ${events.map((e) => e.id)}::uuid[],
        ${events.map((e) => e.version)}::int[], ${events.map((e) => e.type)}::text[],
        ${events.map((e) => e.schema_version)}::int[],
        string_to_array(${asOne(events.map((e) => e.data))}, chr(30)),
        ${events.map((e) => e.at)}::bigint[], ${events.map((e) => e.causation)}::text[],
        ${events.map((e) => e.correlation)}::text[], ${events.map((e) => e.machine)}::text[],
        string_to_array(${asOne(events.map((e) => e.effects))}, chr(30)),
        ${events.map((e) => e.state_hash)}::text[],
        string_to_array(${asOne(events.map((e) => e.envelope))}, chr(30)),
        ${events.map((e) => e.prev_hash)}::text[],
        ${events.map((e) => e.hash)}::text[]
      ) with ordinality as e(b, id, version, type, schema_version, data, at, causation, correlation,
        machine, effects, state_hash, envelope, prev_hash, hash, i), rule, h
      where rule.accepted[e.b]
    ), queued as (
      insert into outbox (effect, lane, kind, stream, payload, correlation, due_at, owner)
      select t.effect, t.lane, t.kind, t.stream, t.payload::jsonb, t.correlation, t.due_at,
        case when coalesce(
          (select 1 from outbox o
            where o.lane = t.lane and o.done_at is null and o.owner < ${owner}::uuid limit 1),
          (select 1 from outbox o
            where o.lane = t.lane and o.done_at is null and o.owner > ${owner}::uuid limit 1),
          (select 1 from outbox o
            where o.lane = t.lane and o.done_at is null and o.owner is null limit 1)
        ) is null then ${owner}::uuid end
      from unnest(
        ${tasks.map((t) => t.b)}::int[], ${tasks.map((t) => t.effect)}::text[],
        ${tasks.map((t) => t.lane)}::text[], ${tasks.map((t) => t.kind)}::text[],
        ${tasks.map((t) => t.stream)}::text[],
        string_to_array(${asOne(tasks.map((t) => t.payload))}, chr(30)),
        ${tasks.map((t) => t.correlation)}::text[], ${tasks.map((t) => t.due_at)}::bigint[]
      ) with ordinality as t(b, effect, lane, kind, stream, payload, correlation, due_at, i), rule
      where rule.accepted[t.b] order by t.i
      on conflict (effect) do update set lane = excluded.lane, seq = default, kind = excluded.kind,
        stream = excluded.stream, payload = excluded.payload, correlation = excluded.correlation,
        due_at = excluded.due_at, attempts = 0, owner = excluded.owner, done_at = null, answer = null
      where outbox.done_at is not null
      returning effect, owner
    ), failed as (
      insert into failed_updates (reference, cause, stream, payload, error)
      select f.reference, rule.cause[f.b], rule.stream[f.b], f.payload, f.error
      from unnest(
        ${failures.map((f) => f.b)}::int[], ${failures.map((f) => f.reference)}::text[],
        ${failures.map((f) => f.payload)}::text[], ${failures.map((f) => f.error)}::text[]
      ) as f(b, reference, payload, error), rule
      where rule.accepted[f.b]
    )
    select i::int, accepted, duplicate, actual,
      coalesce((select array_agg(effect) from queued where owner is null), '{}') as waiting
    from judged, told`;
}

/** JSON has no control character in it, so one parts it: in an array, each quote would be escaped. */
function asOne(values: readonly (Json | Envelope)[]): string {
  return values.map((value) => JSON.stringify(value)).join("\x1e");
}
