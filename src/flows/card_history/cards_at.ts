/** Cards as they stood at some moment of the log, for a replay of it. */
import type postgres from "postgres";
import type { LogPosition } from "../../projections/log_position.ts";
import { streamOfPerson } from "../../projections/person_of_stream.ts";

/**
 * What takes the place of the table `cards`: its columns, as they were. Nothing keeps the position
 * of a check, so checks and issues are told by their times; all else by position.
 */
export function cardsAt(sql: postgres.Sql, { pos, at }: LogPosition): postgres.Fragment {
  const corrections = sql`card_changes h
    where h.change = 'corrected' and (h.card = c.card or h.batch = c.batch)`;
  const part = (name: string) =>
    sql`case when not m.later then c.${sql(name)} else coalesce((
      select e.data->>${name} from events e
      where e.pos in (select h.pos from ${corrections} and h.pos <= ${pos})
        and e.data->>${name} is not null order by e.pos desc limit 1
    ), i.data->>${name}) end as ${sql(name)}`;
  const parts = ["name", "description", "original", "packaged"].map(part);
  const issue = (within: postgres.Fragment) =>
    sql`(select e.data from events e
      where ${within} and e.at = c.issued_at and e.type in ('CardIssued', 'EditionsIssued')
        and (e.data->>'card' = c.card::text or e.data->>'batch' = c.batch::text) limit 1)`;
  const own = issue(sql`e.stream = ${streamOfPerson(sql, "c.maker")}`);
  return sql`(
    select c.card, c.number, c.code, c.maker, c.issued_at, c.batch, c.edition, c.editions,
      ${parts.flatMap((it, i) => i === 0 ? [it] : [sql`, `, it])},
      coalesce(s.change, 'restored') = 'restored' as active, s.detail as reason,
      coalesce(s.at, c.issued_at) as changed_at, m.corrected_at,
      coalesce(k.number, 0) as checks, coalesce(k.people, 0) as people, k.first_at,
      coalesce(k.by_maker, 0) as by_maker, k.others_first_at
    from cards c
    left join lateral (
      select h.change, h.detail, h.at from card_changes h
      where h.card = c.card and h.change <> 'corrected' and h.pos <= ${pos}
      order by h.pos desc limit 1
    ) s on true
    left join lateral (
      select k.number, k.people, k.first_at, k.by_maker, k.others_first_at from scans k
      where k.card = c.card and k.at <= ${at} order by k.number desc limit 1
    ) k on true
    cross join lateral (
      select max(h.at) filter (where h.pos <= ${pos}) as corrected_at,
        coalesce(bool_or(h.pos > ${pos}), false) as later
      from ${corrections}
    ) m
    left join lateral (
      -- Where makers issue, as a rule; looking everywhere takes long.
      select coalesce(${own}, ${issue(sql`true`)}) as data
    ) i on m.later
    where c.issued_at <= ${at}
  )`;
}
