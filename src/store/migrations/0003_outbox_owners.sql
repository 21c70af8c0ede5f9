-- Whether another process has tasks in a lane is found at once, however many of its own wait there.
create index outbox_owner on outbox (lane, owner) where done_at is null;
