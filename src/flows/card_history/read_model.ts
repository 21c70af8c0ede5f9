/** The history of cards after they were issued: corrected, withdrawn, restored. */
import type postgres from "postgres";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** One change; `detail` is the reason of a withdrawal, or the corrected parts with commas between. */
export interface CardChange {
  change: "corrected" | "withdrawn" | "restored";
  detail: string | null;
  at: number;
}

/** One day of a card: `day` as "2026-11-20", by the clocks of a time zone. */
export interface CardDay {
  day: string;
  checks: number;
}

/** Newest changes first; days without a gap, the last is today. */
export interface CardHistory {
  changes: readonly CardChange[];
  days: readonly CardDay[];
}

const DAYS_MAX = 30;
/** Every time zone's midnight falls on a quarter of an hour. */
const QUARTER_MS = 15 * 60_000;

export const readModel = projection("card_changes", {
  tables: ["card_changes"],
  reads: ["cards"],
}, [
  { applies: ["CardCorrected", "CardWithdrawn", "CardRestored"], move: record },
]);

function record(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    insert into card_changes (pos, card, batch, change, detail, at)
    select e.pos, c.card, case when e.type = 'CardCorrected' then c.batch end,
      case e.type when 'CardCorrected' then 'corrected' when 'CardWithdrawn' then 'withdrawn'
        else 'restored' end,
      case e.type when 'CardCorrected' then (
        select string_agg(part, ',') from unnest(
          array['name', 'description', 'original', 'packaged']
        ) as part where e.data->>part is not null
      ) else e.data->>'reason' end,
      e.at
    from events e join cards c on c.card = (e.data->>'card')::uuid
    where e.pos > ${after} and e.pos <= ${upto}
      and e.type in ('CardCorrected', 'CardWithdrawn', 'CardRestored')`;
}

export interface CardHistories {
  /** `at` is now, in ms; days begin at midnight in `time_zone`. */
  read(card: string, at: number, time_zone: string): Promise<CardHistory>;
}

/** As far as `then`, where that is given: what came later does not count. */
export function openCardHistories({ sql, then }: ReadSource): CardHistories {
  const [changedThen, checkedThen] = then
    ? [sql`and pos <= ${then.pos}`, sql`and pos <= ${then.pos}`]
    : [sql``, sql``];
  return {
    async read(card, at, time_zone) {
      const today = dayOf(at, time_zone);
      const since = today.subtract({ days: DAYS_MAX - 1 });
      const [changes, quarters] = await Promise.all([
        sql<CardChange[]>`
          select change, detail, at from card_changes
          where (card = ${card} or batch = (select batch from cards where card = ${card}))
            ${changedThen}
          order by pos desc`,
        sql<{ quarter: number; checks: number }[]>`
          select at / ${QUARTER_MS}::bigint as quarter, count(*)::int as checks from scans
          where card = ${card} and at >= ${
          since.toZonedDateTime(time_zone).epochMilliseconds
        } ${checkedThen} group by 1`,
      ]).catch(throwStoreError);
      const checks = new Map<string, number>();
      for (const { quarter, checks: more } of quarters) {
        const day = dayOf(quarter * QUARTER_MS, time_zone).toString();
        checks.set(day, (checks.get(day) ?? 0) + more);
      }
      const days = Array.from({ length: DAYS_MAX }, (_, i) => since.add({ days: i }).toString())
        .map((day) => ({ day, checks: checks.get(day) ?? 0 }));
      return { changes, days };
    },
  };
}

function dayOf(at: number, time_zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(time_zone).toPlainDate();
}
