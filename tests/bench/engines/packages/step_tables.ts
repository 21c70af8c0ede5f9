/** The step as rows, for engines that leave the tables to whoever uses them. */
import type postgres from "postgres";
import type { Tally, Update } from "../contender.ts";

/** What it takes of the tables. */
export const STEP_TABLES = `
  create schema if not exists step;
  create table if not exists step.seen (update bigint primary key);
  create table if not exists step.streams (person uuid primary key, version integer not null);
  create table if not exists step.facts (
    person uuid not null, version integer not null, type text not null, data jsonb not null,
    at timestamptz not null default now(), primary key (person, version));
  create table if not exists step.checks (card integer primary key, checks integer not null);
  create table if not exists step.scans (
    update bigint primary key, card integer not null, person uuid not null,
    number integer not null, at timestamptz not null default now());
  create table if not exists step.outbox (effect bigint primary key, payload jsonb not null);
`;

/** The facts of one check. */
export const factsOf = ({ number, card }: Update) =>
  [
    { type: "CodePresented", data: { update: number, card } },
    { type: "CardVerified", data: { update: number, card, names: "s1.names" } },
  ] as const;

/** Statistics of one check, in one statement. */
export async function writeStatistics(
  sql: postgres.ISql,
  { number, person, card }: Update,
): Promise<void> {
  await sql`
    with counted as (
      insert into step.checks as c (card, checks) values (${card}, 1)
      on conflict (card) do update set checks = c.checks + 1 returning checks)
    insert into step.scans (update, card, person, number)
    select ${number}, ${card}, ${person}, checks from counted`;
}

/** Two facts at the version that is expected, and statistics; false where it is another. */
export async function writeStep(
  tx: postgres.ISql,
  update: Update,
  version: number,
): Promise<boolean> {
  const { person } = update;
  const moved = version === 0
    ? await tx`insert into step.streams (person, version) values (${person}, 2)
        on conflict do nothing returning version`
    : await tx`update step.streams set version = version + 2
        where person = ${person} and version = ${version} returning version`;
  if (moved.length === 0) return false;
  const [first, second] = factsOf(update);
  await tx`insert into step.facts (person, version, type, data) values
    (${person}, ${version + 1}, ${first.type}, ${JSON.stringify(first.data)}::text::jsonb),
    (${person}, ${version + 2}, ${second.type}, ${JSON.stringify(second.data)}::text::jsonb)`;
  await writeStatistics(tx, update);
  return true;
}

/** How many facts a person's stream has. */
export async function readVersion(
  sql: postgres.ISql,
  person: string,
): Promise<number> {
  const [row] = await sql<{ version: number }[]>`
    select version from step.streams where person = ${person}`;
  return row?.version ?? 0;
}

/** Counts of the facts, and of what is in the outbox or has been sent. */
export async function tallyOf(sql: postgres.Sql, sent = 0): Promise<Tally> {
  const [row] = await sql<Tally[]>`
    select
      (select count(*)::int from step.facts) as facts,
      (select coalesce(sum(checks), 0)::int from step.checks) as checks,
      (select count(*)::int from step.scans) as scans,
      (select count(*)::int from step.outbox) + ${sent}::int as messages,
      (select count(*)::int from (select from step.facts group by person
        having max(version) <> count(*) or min(version) <> 1) as broken) as gaps`;
  if (!row) throw new Error("The database tells nothing");
  return row;
}
