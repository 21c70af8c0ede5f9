/** A value of a table; null is an empty cell. */
export type Cell = string | number | null;

/** Without it, Excel takes UTF-8 for something else. */
const BOM = "\ufeff";
/** What a spreadsheet would run instead of show, also where it hides behind blanks. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;

/** A table as CSV by RFC 4180, in UTF-8 with BOM; nothing that people wrote becomes a formula. */
export async function writeCsv(
  heading: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts = [BOM + lineOf(heading)];
  for await (const rows of pages) parts.push(rows.map(lineOf).join(""));
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

const lineOf = (cells: readonly Cell[]): string => `${cells.map(written).join(",")}\r\n`;

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  // An apostrophe in front makes it text, wherever it is opened.
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
