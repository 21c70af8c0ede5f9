-- Groups that became supergroups: a group's first id, which names its dialogues, and today's.
create table moved_groups (
  old bigint primary key,
  now bigint not null unique
);
