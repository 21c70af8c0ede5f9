-- Links by which one person becomes a maker, by the sha256 of their tokens.
create table invitations (
  digest text primary key,
  owner uuid not null,
  until bigint not null,
  used_by uuid
);

-- What following an invitation came to, decided where its place in the log was.
create table welcomes (
  fact uuid primary key,
  outcome text not null
);

-- Who issues cards by invitation; whoever was let go stays here, inactive.
create table makers (
  maker uuid primary key,
  invited_by uuid not null,
  joined_at bigint not null,
  active boolean not null
);
