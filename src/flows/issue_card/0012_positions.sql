-- Where in the log a card was issued and a check was made: clocks differ and stand still.
alter table cards add column issued_pos bigint;
alter table scans add column pos bigint;
update scans s set pos = e.pos from events e where e.id = s.fact;
update cards c set issued_pos = i.pos
from (
  select pos, data->>'card' as card from events where type = 'CardIssued'
  union all
  select pos, own->>'card' from events, jsonb_array_elements(data->'cards') as own
  where type = 'EditionsIssued'
) i where i.card = c.card::text;
