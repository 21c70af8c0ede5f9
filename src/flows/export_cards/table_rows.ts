/** A maker's tables as workbooks; times as clocks of the time zone show them. */
import type { CardRow, ScanRow } from "./tables.ts";
import { type Cell, type WallClock, writeXlsx } from "./write_xlsx.ts";

/** A table's headings, and what stands for a card's status. */
export interface TableWords {
  heading: readonly string[];
  active: string;
  withdrawn: string;
}

/** What a table is written by. */
export interface TableToWrite {
  words: TableWords;
  /** An IANA name. */
  time_zone: string;
}

/** A workbook of these rows. */
export function writeRows(
  { words, time_zone }: TableToWrite,
  pages: AsyncIterable<readonly (CardRow | ScanRow)[]>,
): Promise<Uint8Array<ArrayBuffer>> {
  const stamp = stampOf(time_zone);
  const cellsOf = (row: CardRow | ScanRow) =>
    "code" in row ? cardCells(row, words, stamp) : scanCells(row, words, stamp);
  return writeXlsx(words.heading, cellsIn(pages, cellsOf));
}

type Stamp = (at: number) => WallClock;

const stampOf = (time_zone: string): Stamp => (at) => {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(time_zone);
  return { wall_ms: Math.floor((at + offsetNanoseconds / 1e6) / 1000) * 1000 };
};

async function* cellsIn<Row>(
  pages: AsyncIterable<readonly Row[]>,
  cellsOf: (row: Row) => Cell[],
): AsyncGenerator<Cell[][]> {
  for await (const rows of pages) yield rows.map(cellsOf);
}

function cardCells(card: CardRow, { active, withdrawn }: TableWords, stamp: Stamp): Cell[] {
  const { issued_at, corrected_at, first_at } = card;
  const corrected = corrected_at === null ? null : stamp(corrected_at);
  return [
    ...[card.number, card.name, card.description, card.edition, card.editions, card.code],
    ...[stamp(issued_at), corrected, card.active ? active : withdrawn, card.reason],
    ...[card.checks, card.people, first_at === null ? null : stamp(first_at)],
  ];
}

function scanCells(scan: ScanRow, { active, withdrawn }: TableWords, stamp: Stamp): Cell[] {
  const status = scan.active ? active : withdrawn;
  return [scan.card, scan.name, scan.number, scan.people, stamp(scan.at), status];
}
