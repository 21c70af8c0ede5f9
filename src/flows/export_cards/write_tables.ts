/** A maker's tables as workbooks; times as clocks of the time zone show them. */
import type { CardRow, ScanRow, Tables } from "./tables.ts";
import { type Cell, type WallClock, writeXlsx } from "./write_xlsx.ts";

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
      writeXlsx(words.heading, rowsOf(tables.cards(maker), (it) => cardRow(it, words, stamp))),
    scans: (maker, words) =>
      writeXlsx(words.heading, rowsOf(tables.scans(maker), (it) => scanRow(it, words, stamp))),
  };
}

type Stamp = (at: number) => WallClock;

const stampOf = (time_zone: string): Stamp => (at) => {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(time_zone);
  return { wall_ms: Math.floor((at + offsetNanoseconds / 1e6) / 1000) * 1000 };
};

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
