-- Read models: derived from the log, and thrown away at will.
create table cards (
  card uuid primary key,
  number integer not null unique,
  code text not null unique,
  name text not null,
  description text not null,
  original text not null,
  packaged text,
  maker uuid not null,
  issued_at bigint not null,
  active boolean not null,
  reason text,
  changed_at bigint not null,
  checks integer not null,
  people integer not null,
  first_at bigint
) with (fillfactor = 80);

-- Who has checked which card.
create table card_people (
  card uuid not null,
  person uuid not null,
  first_at bigint not null,
  primary key (card, person)
);

-- Every check with the numbers it had when its place in the log was decided.
create table scans (
  fact uuid primary key,
  card uuid not null,
  person uuid not null,
  number integer not null,
  people integer not null,
  first_at bigint not null,
  active boolean not null,
  reason text,
  at bigint not null
);

-- A maker's cards in the order in which they are shown.
create table galleries (
  maker uuid not null,
  number integer not null,
  card uuid not null,
  active boolean not null,
  primary key (maker, number)
);

-- Checks by quarter of an hour, so that a day in any time zone is a sum; and everybody who ever checked.
create table stats_quarters (
  quarter bigint primary key,
  checks integer not null
);
create table stats_people (
  person uuid primary key,
  first_at bigint not null
);
