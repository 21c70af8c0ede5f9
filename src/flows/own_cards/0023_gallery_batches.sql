-- Which cards of a gallery are of one batch: a list shows them as one entry.
alter table galleries add column batch uuid;
update galleries g set batch = c.batch
from cards c where c.card = g.card and c.batch is not null;
