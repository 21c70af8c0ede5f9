/** Each maker's cards in the order in which they are shown. */
import type postgres from "postgres";
import galleryWords from "./0008_gallery_words.sql" with { type: "text" };
import oneForm from "./0016_one_form_of_words.sql" with { type: "text" };
import type { Migration } from "../../store/migrate.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { parseCardNumber } from "./parse_card_number.ts";
import { type PositionRange, projection } from "../../projections/projection.ts";
import { cardsAt } from "../card_history/cards_at.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** One line of a list. */
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

/** One page, newest first; `withdrawn` counts the maker's cards that are not listed. */
export interface GalleryPage {
  cards: readonly GalleryCard[];
  page: number;
  pages: number;
  active: number;
  withdrawn: number;
}

const PAGE_SIZE = 10;

/** The second folds anew what this model and the one for finding cards from any chat look through. */
export const migrations: readonly Migration[] = [
  { name: "0008_gallery_words", sql: galleryWords },
  { name: "0016_one_form_of_words", sql: oneForm },
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
    insert into galleries (maker, number, card, active)
    select c.maker, c.number, c.card, c.active from cards c
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
   * that all stand in name or description; "" finds all. A page past the end is the last one.
   */
  page(maker: string, page: number, active: boolean, query?: string): Promise<GalleryPage>;
}

/** Galleries now, or at an earlier log position. */
export function openGalleries({ sql, then: moment }: ReadSource): Galleries {
  const then = moment && cardsAt(sql, moment);
  const listed = then
    ? sql`${then} c cross join lateral (select c.maker, c.number, c.active) g
        cross join lateral (select folded(c.name || ' ' || c.description) as words) w`
    : sql`galleries g join cards c on c.card = g.card join gallery_words w on w.card = g.card`;
  const counted = (query: string) =>
    then
      ? listed
      : query === ""
      ? sql`galleries g`
      : sql`galleries g join gallery_words w on w.card = g.card`;
  return {
    async page(maker, wanted, active, query = "") {
      const found = foundBy(sql, query);
      const [counts] = await sql<{ active: number; withdrawn: number }[]>`
        select count(*) filter (where g.active)::int as active,
          count(*) filter (where not g.active)::int as withdrawn
        from ${counted(query)}
        where g.maker = ${maker} ${found}`.catch(throwStoreError);
      const { active: actives, withdrawn } = counts ?? { active: 0, withdrawn: 0 };
      const pages = Math.max(1, Math.ceil((active ? actives : withdrawn) / PAGE_SIZE));
      const page = Math.min(Math.max(0, wanted), pages - 1);
      const cards = await sql<GalleryCard[]>`
        select c.number, c.name, c.checks, c.people, c.by_maker, c.edition, c.editions
        from ${listed}
        where g.maker = ${maker} and g.active = ${active} ${found}
        order by g.number desc limit ${PAGE_SIZE} offset ${page * PAGE_SIZE}`
        .catch(throwStoreError);
      return { cards, page, pages, active: actives, withdrawn };
    },
  };
}

/** The condition on a card of the gallery `g` with words `w`: none at all where all are wanted. */
function foundBy(sql: postgres.Sql, query: string): postgres.Fragment {
  const words = query.split(/\s+/u).filter((word) => word !== "");
  const number = parseCardNumber(query);
  if (words.length === 0) return sql``;
  // By position, so that nothing in a word means anything but itself.
  return sql`and (g.number = ${number}::int or not exists (
    select from unnest(${words}::text[]) as word
    where strpos(w.words, folded(word)) = 0
  ))`;
}
