/** Reads a workbook as strictly as its writer is to be tested, and no more of it than that. */
import { assert } from "@std/assert";
import { strFromU8, unzipSync } from "fflate";

/** What stands in a cell: a text, a number, or the day that a time is. */
export type ReadCell = string | number | { days: number } | null;

/** The rows of each sheet. */
export function readXlsx(bytes: Uint8Array): ReadCell[][][] {
  const files = unzipSync(bytes);
  const part = (path: string) => {
    const file = files[path];
    assert(file, `There is no ${path} in the workbook`);
    return strFromU8(file);
  };
  part("[Content_Types].xml");
  part("xl/styles.xml");
  return [...part("xl/workbook.xml").matchAll(/<sheet name="(\d+)"/g)].map(([, place]) =>
    [...part(`xl/worksheets/sheet${place}.xml`).matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
      readRow(row ?? "")
    )
  );
}

const CELL =
  /<c\/>|<c( s="1")?><v>([^<]*)<\/v><\/c>|<c t="inlineStr" s="[02]"><is><t xml:space="preserve">([^<]*)<\/t><\/is><\/c>/y;

function readRow(row: string): ReadCell[] {
  const cells: ReadCell[] = [];
  CELL.lastIndex = 0;
  while (CELL.lastIndex < row.length) {
    const at = CELL.lastIndex;
    const found = CELL.exec(row);
    assert(found, `Cannot read on at ${JSON.stringify(row.slice(at, at + 40))}`);
    const [, time, number, text] = found;
    if (text !== undefined) cells.push(unescape(text));
    else if (number === undefined) cells.push(null);
    else cells.push(time ? { days: Number(number) } : Number(number));
  }
  return cells;
}

const unescape = (text: string): string =>
  text.replaceAll("&#13;", "\r").replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&").replace(/_x005F_/g, "_");
