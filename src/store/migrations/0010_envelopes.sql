-- What was decided outside the chart: null for facts that were written before it was kept.
alter table events add column envelope jsonb;
