-- How often what a card says or shows was corrected: whoever has it as of a revision need not read
-- it again.
alter table cards add column revision integer not null default 0;
update cards c set revision = n.times
from (
  select k.card, count(*)::int as times
  from card_changes h join cards k on case when h.batch is null then h.card = k.card
    else h.batch = k.batch end
  where h.change = 'corrected' group by k.card
) n where n.card = c.card;
