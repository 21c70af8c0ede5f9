-- When a maker let everybody look at a card by its number, and by which fact. Cards from before have
-- no such moment: they are shown while they are active and somebody else has checked them.
alter table cards
  add column published_at bigint,
  add column published_pos bigint;

-- What a maker's own link to an unpublished card carries: whoever has it was given it. A code has 95
-- random bits, so that its hash tells nothing of it.
create function share_key(code text) returns text language sql immutable parallel safe as $$
  select left(encode(sha256(convert_to('share ' || code, 'UTF8')), 'hex'), 16)
$$;
