/** A maker's cards and the checks of them, row by row, for the writer of tables. */
import { throwStoreError } from "../../store/store_unavailable.ts";
import type { ReadSource } from "../../projections/readers.ts";

/** One card of a table; times in ms. */
export interface CardRow {
  number: number;
  name: string;
  description: string;
  edition: number | null;
  editions: number | null;
  code: string;
  issued_at: number;
  corrected_at: number | null;
  active: boolean;
  reason: string | null;
  checks: number;
  people: number;
  first_at: number | null;
}

/** One check in a table: which card, its ordinal number, by how many people so far. Nobody's name. */
export interface ScanRow {
  card: number;
  name: string;
  number: number;
  people: number;
  at: number;
  active: boolean;
}

export interface Tables {
  /** By number, in pages. */
  cards(maker: string): AsyncGenerator<CardRow[]>;
  /** By card and number of the check, in pages. */
  scans(maker: string): AsyncGenerator<ScanRow[]>;
}

const PAGE_SIZE = 2_000;

/** `page_size` is for tests. */
export function openTables({ sql }: ReadSource, page_size = PAGE_SIZE): Tables {
  return {
    async *cards(maker) {
      for (let after = 0;;) {
        const rows = await sql<CardRow[]>`
          select c.number, c.name, c.description, c.edition, c.editions, c.code, c.issued_at,
            c.corrected_at, c.active, c.reason, c.checks, c.people, c.first_at
          from galleries g join cards c on c.card = g.card
          where g.maker = ${maker} and g.number > ${after}
          order by g.number limit ${page_size}`.catch(throwStoreError);
        if (rows.length > 0) yield [...rows];
        if (rows.length < page_size) return;
        after = rows.at(-1)?.number ?? after;
      }
    },
    async *scans(maker) {
      for (let after = { card: 0, number: 0 };;) {
        const rows = await sql<ScanRow[]>`
          select g.number as card, c.name, s.number, s.people, s.at, s.active
          from galleries g join cards c on c.card = g.card join scans s on s.card = g.card
          where g.maker = ${maker} and g.number >= ${after.card}
            and (g.number, s.number) > (${after.card}, ${after.number})
          order by g.number, s.number limit ${page_size}`.catch(throwStoreError);
        if (rows.length > 0) yield [...rows];
        if (rows.length < page_size) return;
        after = rows.at(-1) ?? after;
      }
    },
  };
}
