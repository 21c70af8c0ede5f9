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
  applies: new Set(["CardIssued", "CardWithdrawn", "CardRestored"]),
  /** Reads `cards`, so it goes after it. */
  async apply(tx, { after, upto }) {
    await tx`
      insert into galleries (maker, number, card, active)
      select c.maker, c.number, c.card, c.active from cards c
      where c.card in (
        select (data->>'card')::uuid from events
        where pos > ${after} and pos <= ${upto}
          and type in ('CardIssued', 'CardWithdrawn', 'CardRestored')
      ) order by c.maker, c.number
      on conflict (maker, number) do update set active = excluded.active`.execute();
    return [];
  },
};

export interface Galleries {
  /** A maker's active or withdrawn cards; a page past the end is the last one. */
  page(maker: string, page: number, active: boolean): Promise<GalleryPage>;
}

export function openGalleries(sql: postgres.Sql): Galleries {
  return {
    async page(maker, wanted, active) {
      const [counts] = await sql<{ active: number; withdrawn: number }[]>`
        select count(*) filter (where active)::int as active,
          count(*) filter (where not active)::int as withdrawn
        from galleries where maker = ${maker}`.catch(throwStoreError);
      const { active: actives, withdrawn } = counts ?? { active: 0, withdrawn: 0 };
      const pages = Math.max(1, Math.ceil((active ? actives : withdrawn) / PAGE_SIZE));
      const page = Math.min(Math.max(0, wanted), pages - 1);
      const cards = await sql<GalleryCard[]>`
        select c.number, c.name, c.checks, c.people
        from galleries g join cards c on c.card = g.card
        where g.maker = ${maker} and g.active = ${active}
        order by g.number desc limit ${PAGE_SIZE} offset ${page * PAGE_SIZE}`
        .catch(throwStoreError);
      return { cards, page, pages, active: actives, withdrawn };
    },
  };
}
