-- What a maker's search looks through: name and description of a card, folded once and for all.
create table gallery_words (
  card uuid primary key,
  words text not null
);
insert into gallery_words (card, words)
select card, folded(name || ' ' || description) from cards;
