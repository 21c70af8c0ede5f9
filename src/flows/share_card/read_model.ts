/**
 * Cards as people find them from any chat, by a word of the name or by number: those that they have
 * seen or made, and published ones. A card is published once its maker has let everybody look at it,
 * or while its maker stands by it and somebody else has checked it: it has left the maker's hands.
 */
import type postgres from "postgres";
import findable from "./0007_findable.sql" with { type: "text" };
import type { Migration } from "../../store/migrate.ts";
import { NAME_MAX } from "../../../events/card.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { parseCardNumber } from "../own_cards/parse_card_number.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { personOfStream } from "../../projections/person_of_stream.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** A card as it is offered. `file_id` is the name by which the bot has its photo at Telegram. */
export interface FoundCard {
  number: number;
  name: string;
  maker: string;
  active: boolean;
  file_id: string | null;
  /** What the link of its maker carries while it is not published; null for everybody else. */
  key: string | null;
  /** Its place in its batch; null for a card of no batch. */
  edition: number | null;
  editions: number | null;
}

/**
 * Who looks for what; `person` is null for somebody whom the bot has never met, and `bot` the one
 * whose names for photos are told.
 */
export interface Search {
  bot: number;
  person: string | null;
  words: string;
  offset: number;
}

const naming = ["CardIssued", "EditionsIssued", "CardCorrected"];

export const migrations: readonly Migration[] = [{ name: "0007_findable", sql: findable }];

export const readModel = projection("findable", {
  tables: ["card_words", "opened_cards"],
  reads: ["cards"],
}, [
  { applies: naming, move: forget },
  { applies: naming, move: word },
  { applies: ["SharedCardOpened"], move: open },
]);

function forget(tx: postgres.ISql, range: PositionRange) {
  return tx<[]>`delete from card_words where card in (${named(tx, range)})`;
}

function word(tx: postgres.ISql, range: PositionRange) {
  return tx<[]>`
    insert into card_words (card, word)
    select distinct c.card, word from cards c, words_of(c.name) as word
    where c.card in (${named(tx, range)})`;
}

/** Cards whose name is new; a batch's cards are corrected together. */
function named(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx`
    select (data->>'card')::uuid from events
    where pos > ${after} and pos <= ${upto} and type = 'CardIssued'
    union all
    select (own->>'card')::uuid from events, jsonb_array_elements(data->'cards') as own
    where pos > ${after} and pos <= ${upto} and type = 'EditionsIssued'
    union all
    select (data->>'card')::uuid from events
    where pos > ${after} and pos <= ${upto} and type = 'CardCorrected'
    union all
    select k.card from events e
    join cards one on one.card = (e.data->>'card')::uuid
    join cards k on k.batch = one.batch
    where e.pos > ${after} and e.pos <= ${upto} and e.type = 'CardCorrected'`;
}

function open(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    insert into opened_cards (person, card, opened_at)
    select distinct on (1, 2) ${personOfStream(tx, "e.stream")}, c.card, e.at
    from events e join cards c on c.number = (e.data->>'number')::int
    where e.pos > ${after} and e.pos <= ${upto} and e.type = 'SharedCardOpened'
    order by 1, 2, e.pos desc
    on conflict (person, card) do update set opened_at = excluded.opened_at`;
}

export interface CardFinder {
  /** Up to `FOUND_MAX` cards from `offset` on: the number asked for, then those seen, then the newest. */
  find(search: Search): Promise<readonly FoundCard[]>;
}

const FOUND_MAX = 20;
/** Nobody turns 500 pages; what lies further back is found by another word. */
const OFFSET_MAX = 10_000;
/** More than any name has; a name with all of more words there cannot be. */
const WORDS_MAX = NAME_MAX / 2;
const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Finds among the cards as they stand. */
export function openCardFinder({ sql }: ReadSource): CardFinder {
  return {
    async find({ bot, person, words, offset }) {
      const wanted = parseCardNumber(words) ?? 0;
      const look = {
        me: person ?? NOBODY,
        words: await wordsIn(sql, words),
        upto: offset + FOUND_MAX,
      };
      if (offset >= OFFSET_MAX || look.words.length > WORDS_MAX) return [];
      const [exact, seen, others] = await Promise.all([
        findNumber(sql, look, wanted),
        findSeen(sql, look),
        findOthers(sql, look),
      ]).catch(throwStoreError);
      const numbers = [...new Set([...exact, ...seen, ...others].map(({ number }) => number))]
        .slice(look.upto - FOUND_MAX, look.upto);
      return await sql<FoundCard[]>`
        select c.number, c.name, c.maker, c.active, f.file_id, c.edition, c.editions,
          case when c.maker = ${look.me} and not ${isPublished(sql)} then share_key(c.code) end
            as key
        from unnest(${numbers}::int[]) with ordinality as n(number, place)
        join cards c on c.number = n.number
        left join photo_files f on f.bot = ${bot} and f.sha256 = c.original
        order by n.place`.catch(throwStoreError);
    },
  };
}

interface Look {
  me: string;
  words: readonly string[];
  upto: number;
}

type Numbers = postgres.PendingQuery<{ number: number }[]>;

/** The longest first: the fewest names have it. */
async function wordsIn(sql: postgres.Sql, text: string): Promise<string[]> {
  const rows = await sql<{ word: string }[]>`
    select distinct word from words_of(${text}) as word`.catch(throwStoreError);
  return rows.map(({ word }) => word).toSorted((a, b) => b.length - a.length);
}

/** Words of a name that begin so; the last character there is lies behind all that do. */
const beginning = (sql: postgres.Sql, word: string) =>
  sql`word >= ${word} and word < ${`${word}\u{10FFFF}`}`;

/** Whether the card `c` has all these words. */
const hasAll = (sql: postgres.Sql, words: readonly string[]) =>
  words.reduce(
    (all, word) =>
      sql`${all} and exists (
        select 1 from card_words w where w.card = c.card and ${beginning(sql, word)}
      )`,
    sql`true`,
  );

/** Whether everybody may look at the card `c`; see `isPublished` of cards. */
const isPublished = (sql: postgres.Sql) =>
  sql`(c.published_at is not null or c.active and c.others_first_at is not null)`;

/** Whether the card `c` is the person's own or published. */
const isOpen = (sql: postgres.Sql, { me }: Look) => sql`(c.maker = ${me} or ${isPublished(sql)})`;

/** What the person has checked, or looked at by its number where that showed it. */
const seenBy = (sql: postgres.Sql, look: Look) =>
  sql`(
    select card, max(at) as at from (
      select card, first_at as at from card_people where person = ${look.me}
      union all
      select card, opened_at from opened_cards join cards c using (card)
      where person = ${look.me} and ${isOpen(sql, look)}
    ) known group by card
  )`;

function findNumber(sql: postgres.Sql, look: Look, number: number): Numbers {
  return sql`
    select c.number from cards c left join ${seenBy(sql, look)} s on s.card = c.card
    where c.number = ${number} and (s.card is not null or ${isOpen(sql, look)})`;
}

function findSeen(sql: postgres.Sql, look: Look): Numbers {
  return sql`
    select c.number from ${seenBy(sql, look)} s join cards c on c.card = s.card
    where ${hasAll(sql, look.words)} order by s.at desc, c.number desc limit ${look.upto}`;
}

/** One by one, the newest first, until there are enough: names may have a word in common. */
function findOthers(sql: postgres.Sql, look: Look): Numbers {
  const [word, ...more] = look.words;
  const hits = word === undefined ? sql`select card, number from cards order by number desc` : sql`
      select c.card, c.number from cards c
      where c.card in (select card from card_words where ${beginning(sql, word)})
      order by number desc`;
  // Those seen are among them, and count once.
  return sql`
    select found.number from (${hits}) hit cross join lateral (
      select c.number from cards c
      where c.card = hit.card and ${hasAll(sql, more)} and ${isOpen(sql, look)} limit 1
    ) found limit ${2 * look.upto}`;
}
