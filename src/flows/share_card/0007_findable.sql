-- The words of cards' names, folded, for finding cards from any chat. Bytes order them: what begins
-- with the same letters lies together in every collation.
create table card_words (
  card uuid not null,
  word text collate "C" not null,
  primary key (card, word)
);
create index card_words_word on card_words (word, card);

-- Which cards people looked at by their numbers, and when last.
create table opened_cards (
  person uuid not null,
  card uuid not null,
  opened_at bigint not null,
  primary key (person, card)
);

-- Which cards a person has checked.
create index card_people_person on card_people (person, card);

-- What lies between words.
create function words_of(name text) returns setof text language sql immutable parallel safe as $$
  select word from regexp_split_to_table(folded(name),
    '[][\s!"#$%&''()*+,./:;<=>?@\\^_`{|}~«»„“”‘’—–…№·•-]+') as word
  where word <> ''
$$;

-- Cards that were there before.
insert into card_words (card, word)
select distinct card, word from cards, words_of(name) as word;
insert into opened_cards (person, card, opened_at)
select substr(e.stream, 10, 36)::uuid, c.card, max(e.at)
from events e join cards c on c.number = (e.data->>'number')::int
where e.type = 'SharedCardOpened' group by 1, 2;
