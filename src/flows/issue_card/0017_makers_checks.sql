-- A maker's checks of their own cards, apart from those of others: `own` is one, `by_maker` counts
-- them up to a check, `others_first_at` is when anybody else first checked the card.
alter table cards
  add column by_maker integer not null default 0,
  add column others_first_at bigint;
alter table scans
  add column own boolean not null default false,
  add column by_maker integer not null default 0,
  add column others_first_at bigint;
update scans s
set own = told.own, by_maker = told.by_maker, others_first_at = told.others_first_at
from (
  select k.fact, k.person = c.maker as own,
    count(*) filter (where k.person = c.maker) over one_card as by_maker,
    case when k.number >= o.number then o.at end as others_first_at
  from scans k join cards c on c.card = k.card
  left join lateral (
    select first.number, first.at from scans first
    where first.card = k.card and first.person <> c.maker order by first.number limit 1
  ) o on true
  window one_card as (partition by k.card order by k.number)
) told
where told.fact = s.fact;
update cards c set by_maker = last.by_maker, others_first_at = last.others_first_at
from scans last where last.card = c.card and last.number = c.checks;
