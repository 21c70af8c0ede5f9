/** Cards as they stood at some moment of the log, for a replay of it. */
import type postgres from "postgres";
import type { LogPosition } from "../../projections/log_position.ts";

/** What takes the place of the table `cards`: its columns, as they were after a position. */
export function cardsAt(sql: postgres.Sql, { pos }: LogPosition): postgres.Fragment {
  const corrections = sql`card_changes h
    where h.change = 'corrected' and (h.card = c.card or h.batch = c.batch)`;
  const part = (name: string) =>
    sql`case when not m.later then c.${sql(name)} else coalesce((
      select e.data->>${name} from events e
      where e.pos in (select h.pos from ${corrections} and h.pos <= ${pos})
        and e.data->>${name} is not null order by e.pos desc limit 1
    ), i.data->>${name}) end as ${sql(name)}`;
  const parts = ["name", "description", "original", "packaged"].map(part);
  return sql`(
    select c.card, c.number, c.code, c.maker, c.issued_at, c.batch, c.edition, c.editions,
      ${parts.flatMap((it, i) => i === 0 ? [it] : [sql`, `, it])},
      coalesce(s.change, 'restored') = 'restored' as active, s.detail as reason,
      coalesce(s.at, c.issued_at) as changed_at, m.corrected_at, m.revision,
      coalesce(k.number, 0) as checks, coalesce(k.people, 0) as people, k.first_at,
      coalesce(k.by_maker, 0) as by_maker, k.others_first_at,
      case when c.published_pos <= ${pos} then c.published_at end as published_at
    from cards c
    left join lateral (
      select h.change, h.detail, h.at from card_changes h
      where h.card = c.card and h.change <> 'corrected' and h.pos <= ${pos}
      order by h.pos desc limit 1
    ) s on true
    left join lateral (
      select k.number, k.people, k.first_at, k.by_maker, k.others_first_at from scans k
      where k.card = c.card and k.pos <= ${pos} order by k.number desc limit 1
    ) k on true
    cross join lateral (
      select (array_agg(h.at order by h.pos desc) filter (where h.pos <= ${pos}))[1]
          as corrected_at,
        (count(*) filter (where h.pos <= ${pos}))::int as revision,
        coalesce(bool_or(h.pos > ${pos}), false) as later
      from ${corrections}
    ) m
    left join events i on m.later and i.pos = c.issued_pos
    where c.issued_pos <= ${pos}
  )`;
}
