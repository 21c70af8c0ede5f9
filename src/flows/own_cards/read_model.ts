/** Each maker's cards in the order in which they are shown. */
import type postgres from "postgres";
import galleryWords from "./0008_gallery_words.sql" with { type: "text" };
import galleryBatches from "./0023_gallery_batches.sql" with { type: "text" };
import oneForm from "./0016_one_form_of_words.sql" with { type: "text" };
import type { Migration } from "../../store/migrate.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { parseCardNumber } from "./parse_card_number.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { cardsAt } from "../card_history/cards_at.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** A card of a list. */
export interface GalleryCard {
  number: number;
  name: string;
  checks: number;
  people: number;
  by_maker: number;
  /** Its place in its batch; null for a card of no batch. */
  edition: number | null;
  editions: number | null;
}

/** Several cards of one batch, with what their checks come to. */
export interface ListedBatch {
  /** The public numbers of the first and of the last of them, and how many they are. */
  number: number;
  last: number;
  copies: number;
  name: string;
  editions: number;
  checks: number;
}

/** One line of a list. */
export type GalleryEntry = GalleryCard | ListedBatch;

/** One page, newest first; `active` and `withdrawn` count cards, on the pages are entries. */
export interface GalleryPage {
  cards: readonly GalleryEntry[];
  page: number;
  pages: number;
  active: number;
  withdrawn: number;
}

/** One page of the copies of a batch, first to last. */
export interface CopiesPage {
  cards: readonly Copy[];
  page: number;
  pages: number;
}

/** One of them. */
export interface Copy extends GalleryCard {
  active: boolean;
}

const PAGE_SIZE = 10;

/** The second folds anew what this model and the one for finding cards from any chat look through. */
export const migrations: readonly Migration[] = [
  { name: "0008_gallery_words", sql: galleryWords },
  { name: "0016_one_form_of_words", sql: oneForm },
  { name: "0023_gallery_batches", sql: galleryBatches },
];

export const readModel = projection("galleries", {
  tables: ["galleries", "gallery_words"],
  reads: ["cards"],
}, [
  { applies: ["CardIssued", "EditionsIssued", "CardWithdrawn", "CardRestored"], move: list },
  { applies: ["CardIssued", "EditionsIssued", "CardCorrected"], move: word },
]);

function list(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    insert into galleries (maker, number, card, active, batch)
    select c.maker, c.number, c.card, c.active, c.batch from cards c
    where c.card in (
      select (data->>'card')::uuid from events
      where pos > ${after} and pos <= ${upto}
        and type in ('CardIssued', 'CardWithdrawn', 'CardRestored')
      union all
      select (own->>'card')::uuid from events, jsonb_array_elements(data->'cards') as own
      where pos > ${after} and pos <= ${upto} and type = 'EditionsIssued'
    ) order by c.maker, c.number
    on conflict (maker, number) do update set active = excluded.active`;
}

/** What is searched is folded when it is written: folding takes longer than looking. */
function word(tx: postgres.ISql, { after, upto }: PositionRange) {
  return tx<[]>`
    insert into gallery_words (card, words)
    select c.card, folded(c.name || ' ' || c.description) from cards c
    where c.card in (
      select (data->>'card')::uuid from events
      where pos > ${after} and pos <= ${upto} and type in ('CardIssued', 'CardCorrected')
      union all
      select (own->>'card')::uuid from events, jsonb_array_elements(data->'cards') as own
      where pos > ${after} and pos <= ${upto} and type = 'EditionsIssued'
      union all
      select sibling.card from events e
      join cards one on one.card = (e.data->>'card')::uuid
      join cards sibling on sibling.batch = one.batch
      where e.pos > ${after} and e.pos <= ${upto} and e.type = 'CardCorrected'
    ) order by c.card
    on conflict (card) do update set words = excluded.words`;
}

export interface Galleries {
  /**
   * A maker's active or withdrawn cards, of all or of those found by `query`: a number, or words
   * that all stand in name or description; "" finds all. Cards of one batch are one entry. A page
   * past the end is the last one.
   */
  page(maker: string, page: number, active: boolean, query?: string): Promise<GalleryPage>;
  /** The copies of the batch that the maker's card with this number is of; null for any other. */
  copies(maker: string, number: number, page: number): Promise<CopiesPage | null>;
}

/** Galleries now, or at an earlier log position. */
export function openGalleries({ sql, then: moment }: ReadSource): Galleries {
  const then = moment && cardsAt(sql, moment);
  const cards = then ?? sql`cards`;
  const listed = (query: string) =>
    then
      ? sql`${then} g
          cross join lateral (select folded(g.name || ' ' || g.description) as words) w`
      : query === ""
      ? sql`galleries g`
      : sql`galleries g join gallery_words w on w.card = g.card`;
  return {
    async page(maker, wanted, active, query = "") {
      const rows = await sql<Row[]>`
        with found as (
          select coalesce(g.batch, g.card) as entry, g.active, count(*)::int as copies,
            min(g.number) as number, max(g.number) as last
          from ${listed(query)}
          where g.maker = ${maker} ${foundBy(sql, query)}
          group by 1, 2
        ), counted as (
          select coalesce(sum(copies) filter (where f.active), 0)::int as active,
            coalesce(sum(copies) filter (where not f.active), 0)::int as withdrawn,
            greatest(1, ceil(count(*) filter (where f.active = ${active}) / ${PAGE_SIZE}::numeric))
              ::int as pages
          from found f
        ), turned as (
          select greatest(0, least(${wanted}::int, pages - 1)) as page, n.* from counted n
        ), shown as (
          select f.* from found f where f.active = ${active}
          order by f.last desc limit ${PAGE_SIZE} offset (select page * ${PAGE_SIZE} from turned)
        )
        select t.*, s.number, s.last, s.copies, c.*
        from turned t left join shown s on true left join lateral (
          select min(c.name) as name, min(c.edition) as edition, min(c.editions) as editions,
            sum(c.checks)::int as checks, sum(c.by_maker)::int as by_maker,
            sum(c.people)::int as people
          from ${cards} c
          where c.number between s.number and s.last and c.active = s.active
            and coalesce(c.batch, c.card) = s.entry
        ) c on true
        order by s.last desc`.catch(throwStoreError);
      const { page = 0, pages = 1, active: actives = 0, withdrawn = 0 } = rows[0] ?? {};
      return { cards: rows.flatMap(entryOf), page, pages, active: actives, withdrawn };
    },

    async copies(maker, number, wanted) {
      const [of] = await sql<{ batch: string; count: number }[]>`
        select c.batch, count(*)::int as count from ${cards} one join ${cards} c on c.batch = one.batch
        where one.number = ${number} and one.maker = ${maker}
        group by c.batch`.catch(throwStoreError);
      if (!of) return null;
      const pages = Math.ceil(of.count / PAGE_SIZE);
      const page = Math.min(Math.max(0, wanted), pages - 1);
      const shown = await sql<Copy[]>`
        select c.number, c.name, c.checks, c.people, c.by_maker, c.edition, c.editions, c.active
        from ${cards} c where c.batch = ${of.batch}
        order by c.edition limit ${PAGE_SIZE} offset ${page * PAGE_SIZE}`.catch(throwStoreError);
      return { cards: shown, page, pages };
    },
  };
}

/** A line of the page, or none, beside the counts. */
type Row =
  & Pick<GalleryPage, "page" | "pages" | "active" | "withdrawn">
  & (GalleryCard & Pick<ListedBatch, "last" | "copies"> | { number: null });

function entryOf(row: Row): GalleryEntry[] {
  if (row.number === null) return [];
  const { number, last, copies, name, checks, people, by_maker, edition, editions } = row;
  return copies === 1
    ? [{ number, name, checks, people, by_maker, edition, editions }]
    : [{ number, last, copies, name, checks, editions: editions ?? copies }];
}

/** The condition on a card of the gallery `g` with words `w`: none at all where all are wanted. */
function foundBy(sql: postgres.Sql, query: string): postgres.Fragment {
  const words = query.split(/\s+/u).filter((word) => word !== "");
  const number = parseCardNumber(query);
  if (words.length === 0) return sql``;
  // Folded once, not for each card; by position, so that a word means nothing but itself.
  return sql`and (g.number = ${number}::int or not exists (
    select from unnest(
      (select array_agg(folded(word)) from unnest(${words}::text[]) as word)
    ) as word where strpos(w.words, word) = 0
  ))`;
}
