/** What the log is compared with, on the same database in the same run. */
import type postgres from "postgres";
import { v7 } from "uuid";
import { dialogueStream } from "../../events/stream.ts";
import type { Step } from "./workloads.ts";

/** Tables of the lines, beside the project's own. */
export async function prepareLines(sql: postgres.Sql): Promise<void> {
  await sql.unsafe(`
    create schema if not exists line;
    create table line.events (like public.events including defaults including indexes);
    create sequence line.pos;
    create table line.streams (like public.streams including all);
    create table line.seen (like public.seen_updates including all);
    create table line.outbox (like public.outbox including all);
    create table line.scans (like public.scans including all);
    create table line.checks (card text primary key, checks integer not null);
    create table line.sessions (key text primary key, value jsonb not null);
  `);
}

const fact = JSON.stringify({ callId: "1:0", card: crypto.randomUUID(), names: "s1.names" });
const hash = "0".repeat(64);
const payload = JSON.stringify({ effect: { type: "showVerdict", params: { card: "x" } } });

/**
 * One update the usual way: begin, the rows that our path writes for it, commit. An update that was
 * there, and a version that another has taken, break a unique index.
 */
export async function transactionLine(
  sql: postgres.Sql,
  person: string,
  { facts, code }: Step,
  version: number,
  cause = v7(),
): Promise<void> {
  const stream = dialogueStream(person);
  await sql.begin(async (tx) => {
    await tx`insert into line.seen (cause) values (${cause})`;
    await tx`insert into line.streams as s (stream, version, hash)
      values (${stream}, ${version}, ${hash})
      on conflict (stream) do update set version = excluded.version, hash = excluded.hash`;
    for (const [i, type] of facts.entries()) {
      await tx`insert into line.events (pos, id, stream, version, type, schema_version, data, at,
          causation, correlation, machine, effects, state_hash, prev_hash, hash)
        values (nextval('line.pos'), ${v7()}, ${stream}, ${version + i}, ${type}, 1,
          ${fact}::text::jsonb, ${Date.now()}, ${cause}, ${cause}, 'dialogue/1',
          ${payload}::text::jsonb, ${hash}, ${hash}, ${hash})`;
    }
    if (code !== null) {
      const [row] = await tx<{ checks: number }[]>`
        insert into line.checks as c (card, checks) values (${code}, 1)
        on conflict (card) do update set checks = c.checks + 1 returning checks`;
      await tx`insert into line.scans (fact, card, person, number, people, first_at, active, at)
        values (${v7()}, ${v7()}, ${person}, ${row?.checks ?? 0}, 1, 1, true, 1)`;
    }
    await tx`insert into line.outbox (effect, lane, kind, stream, payload, correlation, due_at)
      values (${cause}, ${stream}, 'send', ${stream}, ${payload}::text::jsonb, ${cause}, 0)`;
  });
}

/** A kilobyte, as a session with a conversation in it takes. */
const session = { state: "idle", draft: null, conversation: "x".repeat(960) };

/** One update as session plugins do it: read a JSON row, change it, write it back. */
export async function sessionLine(sql: postgres.Sql, person: string): Promise<void> {
  const [row] = await sql<{ value: { count: number } }[]>`
    select value from line.sessions where key = ${person}`;
  const value = JSON.stringify({ ...session, count: (row?.value.count ?? 0) + 1 });
  await sql`insert into line.sessions (key, value) values (${person}, ${value}::text::jsonb)
    on conflict (key) do update set value = excluded.value`;
}
