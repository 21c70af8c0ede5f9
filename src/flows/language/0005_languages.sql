-- Which language a person chose.
create table languages (
  person uuid primary key,
  language text not null
);
