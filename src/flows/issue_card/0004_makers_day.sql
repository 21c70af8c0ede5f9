-- Batches and corrections of cards.
alter table cards
  add column batch uuid,
  add column edition integer,
  add column editions integer,
  add column corrected_at bigint;
create index cards_batch on cards (batch, edition) where batch is not null;

-- A card's checks one after the other: for its history, and for tables.
create index scans_card on scans (card, number);

-- What became of cards after they were issued; `batch` where it became of the whole batch.
create table card_changes (
  pos bigint primary key,
  card uuid not null,
  batch uuid,
  change text not null,
  detail text,
  at bigint not null
);
create index card_changes_card on card_changes (card);
create index card_changes_batch on card_changes (batch) where batch is not null;

-- Lower case by which words are compared, in any collation; е stands for ё.
create function folded(words text) returns text language sql immutable parallel safe as $$
  select translate(lower(words), 'АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯё',
    'абвгдеежзийклмнопрстуфхцчшщъыьэюяе')
$$;
