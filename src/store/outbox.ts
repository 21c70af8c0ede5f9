/** What is still to be done for committed facts, as every process sees it. */
import type { Json } from "../base/json.ts";
import type postgres from "postgres";

import { throwStoreError } from "./store_unavailable.ts";
import { transaction } from "./transaction.ts";

/** A task that this process is to carry out. */
export interface Task {
  effect: string;
  lane: string;
  kind: "send" | "job" | "tell";
  stream: string;
  payload: Json;
  correlation: string;
  due_at: number;
  attempts: number;
  /** This process has queued it itself, and it never left: nothing of it has to be checked. */
  from_here?: true;
}

/** A message of the bot that a later one may clear away. */
export interface SlotMessage {
  stream: string;
  slot: string;
  chat: number;
  message: number;
}

/** A task that is done, with what came of it; `answer` never holds what was sent. */
export interface FinishedTask {
  effect: string;
  answer: Json;
  /** Messages to remember under a slot. */
  kept: readonly SlotMessage[];
  /** Messages that are gone from a slot. */
  cleared: readonly SlotMessage[];
}

export interface OutboxTable {
  /** Marks tasks as done; what they held and where it went is dropped. */
  finish(done: readonly FinishedTask[]): Promise<void>;
  /** Puts a task off until `due_at`, remembering why. */
  postpone(effect: string, due_at: number, error: string): Promise<void>;
  /**
   * Takes over what nobody alive is working on, oldest first and a lane at a time; `held` is what
   * this process works on already. Jobs that are due after `until` are left.
   */
  claim(owner: string, held: readonly string[], until: number): Promise<Task[]>;
  /** Messages under a slot. */
  slot(stream: string, slot: string): Promise<SlotMessage[]>;
}

/** How many tasks one claim takes at the most. */
const CLAIM_MAX = 500;

export function openOutboxTable(sql: postgres.Sql): OutboxTable {
  return {
    async finish(done) {
      const kept = done.flatMap((d) => d.kept);
      const cleared = done.flatMap((d) => d.cleared);
      await sql`
        with done as (
          update outbox o set done_at = clock_timestamp(), answer = d.answer::jsonb,
            payload = null, stream = null, lane = ''
          from unnest(${done.map((d) => d.effect)}::text[],
            ${done.map((d) => JSON.stringify(d.answer))}::text[]) as d(effect, answer)
          where o.effect = d.effect
        ), gone as (
          delete from slots s
          using unnest(${cleared.map((c) => c.stream)}::text[],
            ${cleared.map((c) => c.slot)}::text[], ${cleared.map((c) => c.message)}::bigint[])
            as c(stream, slot, message)
          where s.stream = c.stream and s.slot = c.slot and s.message = c.message
        )
        insert into slots (stream, slot, chat, message)
        select * from unnest(${kept.map((k) => k.stream)}::text[],
          ${kept.map((k) => k.slot)}::text[], ${kept.map((k) => k.chat)}::bigint[],
          ${kept.map((k) => k.message)}::bigint[])
        on conflict do nothing`.catch(throwStoreError);
    },
    async postpone(effect, due_at, error) {
      await sql`update outbox set attempts = attempts + 1, due_at = ${due_at},
        answer = ${JSON.stringify({ error })}::text::jsonb
        where effect = ${effect} and done_at is null`.catch(throwStoreError);
    },
    async claim(owner, held, until) {
      return await transaction(sql, async (tx) => {
        // Under the head's lock, so that no append of the same lane slips between. Each row is
        // looked at once: nothing here may grow with the square of a backlog.
        await tx`select pos from head for update`;
        return await tx<Task[]>`
          with alive as materialized (
            select owner from leases where name like 'process:%' and until > clock_timestamp()
          ), waiting as (
            select effect, seq, kind, due_at, owner,
              min(seq) filter (
                where owner <> ${owner}::uuid and owner in (select owner from alive)
              ) over (partition by lane) as first_of_others
            from outbox where done_at is null
          ), free as (
            select effect from waiting
            where effect not in (select unnest(${held}::text[]))
              and (kind <> 'job' or due_at <= ${until})
              and (owner is null or owner = ${owner}::uuid
                or owner not in (select owner from alive))
              and (first_of_others is null or seq < first_of_others)
            order by seq limit ${CLAIM_MAX}
          ), taken as (
            update outbox o set owner = ${owner}::uuid from free where o.effect = free.effect
            returning o.*
          )
          select effect, lane, kind, stream, payload, correlation, due_at, attempts
          from taken order by seq`;
      });
    },
    async slot(stream, slot) {
      return await sql<SlotMessage[]>`
        select stream, slot, chat, message from slots
        where stream = ${stream} and slot = ${slot} order by message`.catch(throwStoreError);
    },
  };
}
