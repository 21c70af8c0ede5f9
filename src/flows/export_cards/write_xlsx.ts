/**
 * A table as a workbook, which every Excel opens in columns, whatever its language. Written by hand
 * into fflate's zip, row by row: of 60,000 checks, a library that holds all cells as objects made
 * one in 25 s and a gigabyte, where this takes 4 s and 130 MB.
 */
import { strToU8, Zip, ZipDeflate } from "fflate";

/** A time as a clock on the wall shows it, in ms as if that clock stood in UTC. */
export interface WallClock {
  wall_ms: number;
}

/** A value of a table; null is an empty cell. */
export type Cell = string | number | WallClock | null;

/** What a spreadsheet would run instead of show, where the table is carried on as text. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;
/** What a workbook would read as a character by its number. */
const NUMBERED = /_(?=x[0-9a-f]{4}_)/giu;
/** What no XML may hold. */
const UNFIT = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\ufffe\uffff]/gu;

/** Rows of a sheet, with its heading: what Excel takes at most. */
const ROWS_MAX = 1_048_576;
const COLUMN_WIDTH = 22;
const DAY_MS = 86_400_000;
/** Day 0 of workbooks. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
/** Places in `STYLES`. */
const [TIME, HEADING] = [1, 2];

/**
 * A table as an .xlsx file: texts as texts, numbers as numbers, times as times. Nothing that people
 * wrote becomes a formula. What one sheet cannot hold goes on in the next; `rows_max` is for tests.
 */
export async function writeXlsx(
  heading: readonly string[],
  pages: AsyncIterable<readonly (readonly Cell[])[]>,
  rows_max = ROWS_MAX,
): Promise<Uint8Array<ArrayBuffer>> {
  const { add, end } = openZip();
  const beginning = `${DECLARATION}<worksheet xmlns="${MAIN}">${PANE}<cols>` +
    `<col min="1" max="${heading.length}" width="${COLUMN_WIDTH}" customWidth="1"/></cols>` +
    `<sheetData>${rowOf(heading, HEADING)}`;
  const begin = () => {
    const write = add(sheetPath(sheets++));
    write(beginning);
    return { write, finish: () => write("</sheetData></worksheet>", true) };
  };
  let [sheets, rows] = [0, 1];
  let sheet = begin();
  for await (const page of pages) {
    for (const row of page) {
      if (rows === rows_max) {
        sheet.finish();
        [sheet, rows] = [begin(), 1];
      }
      sheet.write(rowOf(row));
      rows++;
    }
  }
  sheet.finish();
  for (const [path, text] of partsOf(sheets)) add(path)(text, true);
  return end();
}

const sheetPath = (index: number): string => `xl/worksheets/sheet${index + 1}.xml`;

/** Packs text as it comes. */
function openZip() {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, part) => {
    if (error) throw error;
    parts.push(new Uint8Array(part));
  });
  return {
    add(path: string) {
      const file = new ZipDeflate(path);
      zip.add(file);
      return (text: string, is_last = false) => file.push(strToU8(text), is_last);
    },
    async end(): Promise<Uint8Array<ArrayBuffer>> {
      zip.end();
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    },
  };
}

const rowOf = (cells: readonly Cell[], style = 0): string =>
  `<row>${cells.map((cell) => written(cell, style)).join("")}</row>`;

function written(cell: Cell, style: number): string {
  if (cell === null) return "<c/>";
  if (typeof cell === "number") return `<c><v>${cell}</v></c>`;
  if (typeof cell === "object") {
    return `<c s="${TIME}"><v>${(cell.wall_ms - EPOCH_MS) / DAY_MS}</v></c>`;
  }
  // An apostrophe in front keeps it a text, wherever the table is carried on to.
  const harmless = FORMULA.test(cell) ? `'${cell}` : cell;
  const text = escapeXml(harmless.replace(NUMBERED, "_x005F_"));
  return `<c t="inlineStr" s="${style}"><is><t xml:space="preserve">${text}</t></is></c>`;
}

/** A bare carriage return would be read as a line feed. */
const escapeXml = (text: string): string =>
  text.replace(UNFIT, "").replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;").replaceAll("\r", "&#13;");

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const FORMATS = "http://schemas.openxmlformats.org";
const MAIN = `${FORMATS}/spreadsheetml/2006/main`;
const LINKS = `${FORMATS}/officeDocument/2006/relationships`;
const PACKAGE = `${FORMATS}/package/2006`;
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
/** The heading stays in sight. */
const PANE = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" ' +
  'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
const STYLES = `<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
  "</styleSheet>";

/** What a workbook has beside its sheets. */
function partsOf(sheets: number): [path: string, text: string][] {
  const each = (text: (place: number) => string) =>
    Array.from({ length: sheets }, (_, i) => text(i + 1)).join("");
  const link = (place: number, kind: string, path: string) =>
    `<Relationship Id="r${place}" Type="${LINKS}/${kind}" Target="${path}"/>`;
  const links = (text: string) =>
    `<Relationships xmlns="${PACKAGE}/relationships">${text}</Relationships>`;
  const part = (path: string, kind: string) =>
    `<Override PartName="/${path}" ContentType="${TYPE}.${kind}+xml"/>`;
  const parts = {
    "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ' +
      'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      part("xl/workbook.xml", "sheet.main") + part("xl/styles.xml", "styles") +
      each((place) => part(sheetPath(place - 1), "worksheet")) + "</Types>",
    "_rels/.rels": links(link(1, "officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `<workbook xmlns="${MAIN}" xmlns:r="${LINKS}"><sheets>` +
      each((place) => `<sheet name="${place}" sheetId="${place}" r:id="r${place}"/>`) +
      "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": links(
      each((place) => link(place, "worksheet", `worksheets/sheet${place}.xml`)) +
        link(sheets + 1, "styles", "styles.xml"),
    ),
    "xl/styles.xml": STYLES,
  };
  return Object.entries(parts).map(([path, text]) => [path, DECLARATION + text]);
}
