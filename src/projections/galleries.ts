/** Each maker's cards in the order in which they are shown. */
import type postgres from "postgres";
import { throwStoreError } from "../store/store_unavailable.ts";
import type { Projection } from "./projection.ts";

/** One line of a list. */
export interface GalleryCard {
  number: number;
  name: string;
  checks: number;
  people: number;
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

export const galleriesProjection: Projection = {
  name: "galleries",
  tables: ["galleries"],
  applies: new Set(["CardIssued", "EditionsIssued", "CardWithdrawn", "CardRestored"]),
  /** Reads `cards`, so it goes after it. */
  async apply(tx, { after, upto }) {
    await tx`
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
      on conflict (maker, number) do update set active = excluded.active`.execute();
    return [];
  },
};

export interface Galleries {
  /**
   * A maker's active or withdrawn cards, of all or of those found by `query`: a number, or words
   * that all stand in name or description; "" finds all. A page past the end is the last one.
   */
  page(maker: string, page: number, active: boolean, query?: string): Promise<GalleryPage>;
}

export function openGalleries(sql: postgres.Sql): Galleries {
  return {
    async page(maker, wanted, active, query = "") {
      const found = foundBy(sql, query);
      const [counts] = await sql<{ active: number; withdrawn: number }[]>`
        select count(*) filter (where g.active)::int as active,
          count(*) filter (where not g.active)::int as withdrawn
        from galleries g ${query === "" ? sql`` : sql`join cards c on c.card = g.card`}
        where g.maker = ${maker} ${found}`.catch(throwStoreError);
      const { active: actives, withdrawn } = counts ?? { active: 0, withdrawn: 0 };
      const pages = Math.max(1, Math.ceil((active ? actives : withdrawn) / PAGE_SIZE));
      const page = Math.min(Math.max(0, wanted), pages - 1);
      const cards = await sql<GalleryCard[]>`
        select c.number, c.name, c.checks, c.people
        from galleries g join cards c on c.card = g.card
        where g.maker = ${maker} and g.active = ${active} ${found}
        order by g.number desc limit ${PAGE_SIZE} offset ${page * PAGE_SIZE}`
        .catch(throwStoreError);
      return { cards, page, pages, active: actives, withdrawn };
    },
  };
}

const NUMBER = /^(?:№|#|no\.?)?\s*([0-9]{1,9})$/iu;

/** The condition on a card `c`: nothing at all where all are wanted. */
function foundBy(sql: postgres.Sql, query: string): postgres.Fragment {
  const words = query.split(/\s+/u).filter((word) => word !== "");
  const number = NUMBER.exec(query.trim())?.[1] ?? null;
  if (words.length === 0) return sql``;
  // By position, so that nothing in a word means anything but itself.
  return sql`and (c.number = ${number}::int or not exists (
    select from unnest(${words}::text[]) as word
    where strpos(folded(c.name || ' ' || c.description), folded(word)) = 0
  ))`;
}
