-- The log: facts in commit order, without a gap, never changed.
create table head (
  id smallint primary key default 1 check (id = 1),
  -- Position of the newest fact, and of the newest before the transaction that moved it last.
  pos bigint not null,
  prev bigint not null
);
insert into head (pos, prev) values (0, 0);

create table streams (
  stream text primary key,
  version integer not null,
  hash text not null
) with (fillfactor = 70);

create table events (
  pos bigint primary key,
  id uuid not null,
  stream text not null,
  version integer not null,
  type text not null,
  schema_version integer not null,
  data jsonb not null,
  at bigint not null,
  recorded_at timestamptz not null default clock_timestamp(),
  causation text not null,
  correlation text not null,
  machine text not null,
  effects jsonb not null,
  state_hash text not null,
  prev_hash text not null,
  hash text not null,
  unique (stream, version)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Cannot % the log: facts are only ever appended', lower(tg_op);
end $$;

create trigger events_are_append_only before update or delete on events
  for each row execute function refuse_change();
create trigger events_are_never_truncated before truncate on events
  for each statement execute function refuse_change();

-- What was applied once already: updates ("update:<bot>:<id>") and answers ("effect:<id>").
create table seen_updates (
  cause text primary key,
  at timestamptz not null default clock_timestamp()
);

-- A cache: where a stream stood, by the chart that says so.
create table snapshots (
  stream text not null,
  machine text not null,
  version integer not null,
  hash text not null,
  state jsonb not null,
  primary key (stream, machine)
);

-- What is to be done for facts that are committed. Address and payload go once it is done.
create table outbox (
  effect text primary key,
  lane text not null,
  seq bigint generated always as identity,
  kind text not null,
  stream text,
  payload jsonb,
  correlation text not null,
  due_at bigint not null,
  attempts integer not null default 0,
  owner uuid,
  done_at timestamptz,
  answer jsonb
);
create index outbox_undone on outbox (lane, seq) where done_at is null;

-- Messages that later ones clear away.
create table slots (
  stream text not null,
  slot text not null,
  chat bigint not null,
  message bigint not null,
  primary key (stream, slot, message)
);

-- Updates whose handling failed, kept for another try.
create table failed_updates (
  reference text primary key,
  cause text not null,
  stream text not null,
  payload text not null,
  error text not null,
  at timestamptz not null default clock_timestamp(),
  retried_at timestamptz
);

-- Who a uuid is. Names are sealed with the person's key; without the key they are forgotten.
create table people (
  person uuid primary key,
  telegram_id bigint unique,
  key text,
  names text,
  language text,
  reachable boolean not null default true,
  met_at timestamptz not null default clock_timestamp()
);

-- Pictures by the sha256 of their bytes, and the names by which a bot has them at Telegram.
create table photos (
  sha256 text primary key,
  bytes bytea not null,
  type text not null,
  width integer not null,
  height integer not null,
  kept_at timestamptz not null default clock_timestamp()
);
create table photo_files (
  bot bigint not null,
  sha256 text not null,
  file_id text not null,
  primary key (bot, sha256)
);

-- What a database belongs to: the bot's id, the fingerprint of the key that wraps people's keys.
create table stamps (
  name text primary key,
  value text not null
);

-- Which processes live and which of them polls.
create table leases (
  name text primary key,
  owner uuid not null,
  until timestamptz not null
);
