/** Statistics: all cards and all checks, today, in the last days, the most checked. */
import type postgres from "postgres";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { cardsAt } from "../card_history/cards_at.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** A quarter of an hour: every time zone's midnight falls on one. */
const QUARTER_MS = 15 * 60_000;

export interface Stats {
  cards: number;
  active: number;
  checks: number;
  people: number;
  today: number;
  last_7_days: number;
  top: readonly { number: number; name: string; checks: number }[];
}

export const readModel = projection("stats", { tables: ["stats_quarters", "stats_people"] }, [
  { applies: ["CardVerified"], move: count },
]);

function count(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    with checked as materialized (
      select pos, at, data->>'verifier' as verifier from events
      where pos > ${after} and pos <= ${upto} and type = 'CardVerified'
    ), quarters as (
      insert into stats_quarters as q (quarter, checks)
      select at / ${QUARTER_MS}::bigint, count(*) from checked group by 1 order by 1
      on conflict (quarter) do update set checks = q.checks + excluded.checks
    )
    insert into stats_people (person, first_at)
    select distinct on (verifier) verifier::uuid, at from checked order by verifier, pos
    on conflict (person) do nothing`;
}

export interface StatsQueries {
  /** `at` is now, in ms; days begin at midnight in `time_zone`. Of one maker's cards, or of all. */
  read(at: number, time_zone: string, maker: string | null): Promise<Stats>;
}

/** The statistics as they stand, or as they stood. */
export function openStats({ sql, then }: ReadSource): StatsQueries {
  return {
    async read(at, time_zone, maker) {
      const midnight = Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(time_zone).startOfDay();
      const since = {
        today_ms: midnight.epochMilliseconds,
        week_ms: midnight.subtract({ days: 6 }).startOfDay().epochMilliseconds,
      };
      const own = maker === null
        ? sql`true`
        : sql`card in (select card from galleries where maker = ${maker})`;
      const cards = then ? cardsAt(sql, then) : sql`cards`;
      const [until, met] = then
        ? [sql`pos <= ${then.pos}`, sql`scans`]
        : [sql`true`, sql`card_people`];
      const [totals, recent, top] = await Promise.all(
        maker === null && !then
          ? readAll(sql, since)
          : readSome(sql, { ...since, cards, own, until, met }),
      ).catch(throwStoreError);
      const none = { cards: 0, active: 0, checks: 0, people: 0, today: 0, last_7_days: 0 };
      return { ...none, ...totals[0], ...recent[0], top };
    },
  };
}

type Totals = Pick<Stats, "cards" | "active" | "checks" | "people">;
type Recent = Pick<Stats, "today" | "last_7_days">;

interface Since {
  today_ms: number;
  week_ms: number;
}

function readAll(sql: postgres.Sql, { today_ms, week_ms }: Since) {
  return [
    sql<Totals[]>`
      select count(*)::int as cards, count(*) filter (where active)::int as active,
        coalesce(sum(checks), 0)::int as checks,
        (select count(*)::int from stats_people) as people
      from cards`,
    sql<Recent[]>`
      select coalesce(sum(checks) filter (where quarter >= ${today_ms / QUARTER_MS}), 0)::int
          as today, coalesce(sum(checks), 0)::int as last_7_days
      from stats_quarters where quarter >= ${week_ms / QUARTER_MS}`,
    sql<Stats["top"][number][]>`
      select number, name, checks from cards where checks > 0
      order by checks desc, number limit 3`,
  ] as const;
}

interface Some extends Since {
  /** The table of cards, and the condition that picks some. */
  cards: postgres.Fragment;
  own: postgres.Fragment;
  /** What is true of the checks that count. */
  until: postgres.Fragment;
  /** The table of who has checked which card. */
  met: postgres.Fragment;
}

function readSome(sql: postgres.Sql, { today_ms, week_ms, cards, own, until, met }: Some) {
  return [
    sql<Totals[]>`
      select count(*)::int as cards, count(*) filter (where active)::int as active,
        coalesce(sum(checks), 0)::int as checks,
        (select count(distinct person)::int from ${met} where ${own} and ${until})
          as people
      from ${cards} c where ${own}`,
    sql<Recent[]>`
      select count(*) filter (where at >= ${today_ms})::int as today,
        count(*)::int as last_7_days
      from scans where at >= ${week_ms} and ${own} and ${until}`,
    sql<Stats["top"][number][]>`
      select number, name, checks from ${cards} c where checks > 0 and ${own}
      order by checks desc, number limit 3`,
  ] as const;
}
