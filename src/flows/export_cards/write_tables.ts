/** A maker's tables as CSV; times as people of the time zone write them, "2026-11-20 14:05:00". */
import type { CardRow, ScanRow, Tables } from "./tables.ts";
import { type Cell, writeCsv } from "./write_csv.ts";

/** A table's headings, and what stands for a card's status. */
export interface TableWords {
  heading: readonly string[];
  active: string;
  withdrawn: string;
}

/** Writes a table of this maker's. */
export type WriteTable = (maker: string, words: TableWords) => Promise<Uint8Array>;

export function openTableWriter(
  tables: Tables,
  time_zone: string,
): Readonly<Record<"cards" | "scans", WriteTable>> {
  const stamp = stampOf(time_zone);
  return {
    cards: (maker, words) =>
      writeCsv(words.heading, rowsOf(tables.cards(maker), (it) => cardRow(it, words, stamp))),
    scans: (maker, words) =>
      writeCsv(words.heading, rowsOf(tables.scans(maker), (it) => scanRow(it, words, stamp))),
  };
}

type Stamp = (at: number) => string;

/** As every spreadsheet reads it: so are times written in Sweden. */
function stampOf(time_zone: string): Stamp {
  const format = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: time_zone,
  });
  return (at) => format.format(at);
}

async function* rowsOf<Row>(
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => Cell[],
): AsyncGenerator<Cell[][]> {
  for await (const rows of pages) yield rows.map(cellsOf);
}

function cardRow(card: CardRow, { active, withdrawn }: TableWords, stamp: Stamp): Cell[] {
  const { issued_at, corrected_at, first_at } = card;
  const corrected = corrected_at === null ? null : stamp(corrected_at);
  return [
    ...[card.number, card.name, card.description, card.edition, card.editions, card.code],
    ...[stamp(issued_at), corrected, card.active ? active : withdrawn, card.reason],
    ...[card.checks, card.people, first_at === null ? null : stamp(first_at)],
  ];
}

function scanRow(scan: ScanRow, { active, withdrawn }: TableWords, stamp: Stamp): Cell[] {
  const status = scan.active ? active : withdrawn;
  return [scan.card, scan.name, scan.number, scan.people, stamp(scan.at), status];
}
