/** How it goes: all cards and all checks, today, in the last days, the most checked. */
import type postgres from "postgres";
import { throwStoreError } from "../store/store_unavailable.ts";
import type { Projection } from "./projection.ts";

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

export const statsProjection: Projection = {
  name: "stats",
  tables: ["stats_quarters", "stats_people"],
  applies: new Set(["CardVerified"]),
  async apply(tx, { after, upto }) {
    await Promise.all([
      tx`
        insert into stats_quarters as q (quarter, checks)
        select at / ${QUARTER_MS}::bigint, count(*) from events
        where pos > ${after} and pos <= ${upto} and type = 'CardVerified'
        group by 1 order by 1
        on conflict (quarter) do update set checks = q.checks + excluded.checks`.execute(),
      tx`
        insert into stats_people (person, first_at)
        select distinct on (data->>'verifier') (data->>'verifier')::uuid, at from events
        where pos > ${after} and pos <= ${upto} and type = 'CardVerified'
        order by data->>'verifier', pos
        on conflict (person) do nothing`.execute(),
    ]);
    return [];
  },
};

export interface StatsQueries {
  /** `at` is now, in ms; days begin at midnight in `time_zone`. */
  read(at: number, time_zone: string): Promise<Stats>;
}

export function openStats(sql: postgres.Sql): StatsQueries {
  return {
    async read(at, time_zone) {
      const midnight = Temporal.Instant.fromEpochMilliseconds(at)
        .toZonedDateTimeISO(time_zone).startOfDay();
      const today = midnight.epochMilliseconds / QUARTER_MS;
      const week = midnight.subtract({ days: 6 }).startOfDay().epochMilliseconds / QUARTER_MS;
      const [totals, days, top] = await Promise.all([
        sql<{ cards: number; active: number; checks: number; people: number }[]>`
          select count(*)::int as cards, count(*) filter (where active)::int as active,
            coalesce(sum(checks), 0)::int as checks,
            (select count(*)::int from stats_people) as people
          from cards`,
        sql<{ today: number; last_7_days: number }[]>`
          select coalesce(sum(checks) filter (where quarter >= ${today}), 0)::int
              as today, coalesce(sum(checks), 0)::int as last_7_days
          from stats_quarters where quarter >= ${week}`,
        sql<Stats["top"][number][]>`
          select number, name, checks from cards where checks > 0
          order by checks desc, number limit 3`,
      ]).catch(throwStoreError);
      const none = { cards: 0, active: 0, checks: 0, people: 0, today: 0, last_7_days: 0 };
      return { ...none, ...totals[0], ...days[0], top };
    },
  };
}
