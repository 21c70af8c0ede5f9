/** Sheets of labels for packages: 24 to an A4, as the common sticker sheets of 70 × 37 mm are cut. */
// @ts-types="pdfkit-types"
import PDFDocument from "pdfkit";
// As bytes: both come with the program, and only what a sheet shows of them goes into it.
import sans from "dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf" with { type: "bytes" };
import mono from "dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf" with { type: "bytes" };
// @ts-types="fontkit-types"
import { create, type Font } from "fontkit";
import encodeQR from "qr";
import { linesOfWords, runsToTheLeft } from "./lines_of_words.ts";
import { isWhole, printableName } from "./printable_name.ts";

/** What one label says: `link` in the QR, the rest in words; `code` comes in groups of four. */
export interface Label {
  link: string;
  code: string;
  title: string;
  name: string;
  /** What is said where the font has not all of the name. */
  cut: string;
}

const COLUMNS = 3;
const ROWS = 8;
export const LABELS_ON_SHEET = COLUMNS * ROWS;

const PT = 72 / 25.4;
const WIDTH = 70 * PT;
const HEIGHT = 297 / ROWS * PT;
/** Printers shift a sheet by a millimetre or two. */
const MARGIN = 3.5 * PT;
const QR_SIDE = 29 * PT;
const QUIET_MODULES = 4;
const TEXT_X = MARGIN + QR_SIDE + 1 * PT;
const TEXT_WIDTH = WIDTH - MARGIN - TEXT_X;
const TEXT_Y = MARGIN + 1 * PT;
const SIZES = { title: 9, name: 8, code: 7.5, cut: 5 };
/** Where a sheet of plain paper is cut, so thin that it does no harm on one that is cut already. */
const MARK = { arm: 2 * PT, line: 0.25, colour: "#808080" };
const NAME_LINES = 5;
const CODE_GROUPS_IN_LINE = 3;

/** A PDF with these labels, row by row; takes as long as it takes. */
export async function drawSheets(labels: readonly Label[]): Promise<Uint8Array<ArrayBuffer>> {
  const sheet = new PDFDocument({ size: "A4", margin: 0, autoFirstPage: false, font: "" });
  const bytes = collect(sheet);
  sheet.registerFont("sans", sans);
  sheet.registerFont("mono", mono);
  const hasLetter = lettersOf(sans);
  for (let first = 0; first < labels.length; first += LABELS_ON_SHEET) {
    sheet.addPage();
    const shown = labels.slice(first, first + LABELS_ON_SHEET);
    drawCutMarks(sheet, shown.length);
    shown.forEach((label, place) => {
      const [x, y] = cornerOf(place);
      drawQr(sheet, label.link, x + MARGIN, y + (HEIGHT - QR_SIDE) / 2);
      const name = printableName(label.name, hasLetter);
      const cut = isWhole(label.name, name) ? "" : label.cut;
      drawWords(sheet, { ...label, name, cut }, x + TEXT_X, y + TEXT_Y);
    });
  }
  sheet.end();
  return await bytes;
}

type Sheet = InstanceType<typeof PDFDocument>;

const cornerOf = (place: number): [x: number, y: number] => [
  place % COLUMNS * WIDTH,
  Math.floor(place / COLUMNS) * HEIGHT,
];

/** A small cross at every corner of the first `count` labels. */
function drawCutMarks(sheet: Sheet, count: number): void {
  const corners = new Map<string, [x: number, y: number]>();
  for (let place = 0; place < count; place++) {
    const [x, y] = cornerOf(place);
    for (const corner of [[x, y], [x + WIDTH, y], [x, y + HEIGHT], [x + WIDTH, y + HEIGHT]]) {
      corners.set(corner.map(Math.round).join(), corner as [x: number, y: number]);
    }
  }
  for (const [x, y] of corners.values()) {
    sheet.moveTo(x - MARK.arm, y).lineTo(x + MARK.arm, y);
    sheet.moveTo(x, y - MARK.arm).lineTo(x, y + MARK.arm);
  }
  sheet.lineWidth(MARK.line).stroke(MARK.colour);
}

/** Dark modules as rectangles, so that the code is sharp on any printer. */
function drawQr(sheet: Sheet, link: string, left: number, top: number): void {
  const rows = encodeQR(link, "raw", { ecc: "quartile", border: QUIET_MODULES });
  const side = QR_SIDE / rows.length;
  rows.forEach((row, y) => {
    for (const { from, upto } of darkRuns(row)) {
      sheet.rect(left + from * side, top + y * side, (upto - from) * side, side);
    }
  });
  sheet.fill("#000000");
}

/** Tells whether a font has a letter. */
function lettersOf(bytes: Uint8Array): (letter: string) => boolean {
  const font = create(Buffer.from(bytes)) as Font;
  return (letter) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
}

/** Neighbours together: between single squares, a viewer shows hairlines. */
function darkRuns(row: readonly boolean[]): { from: number; upto: number }[] {
  const runs: { from: number; upto: number }[] = [];
  row.forEach((dark, x) => {
    const last = runs.at(-1);
    if (dark && last?.upto === x) last.upto = x + 1;
    else if (dark) runs.push({ from: x, upto: x + 1 });
  });
  return runs;
}

function drawWords(sheet: Sheet, { title, name, code, cut }: Label, x: number, y: number): void {
  const width = TEXT_WIDTH;
  sheet.font("sans").fontSize(SIZES.title);
  sheet.text(title, x, y, { width, height: sheet.currentLineHeight(), ellipsis: true });
  const nameTop = y + sheet.currentLineHeight() * 1.2;
  sheet.fontSize(SIZES.name);
  const height = sheet.currentLineHeight() * NAME_LINES;
  // What is too long for its lines is cut, and says so; a word too long for a line is broken.
  if (runsToTheLeft(name)) drawBothWays(sheet, name, x, nameTop);
  else sheet.text(name, x, nameTop, { width, height, ellipsis: true });
  sheet.font("mono").fontSize(SIZES.code);
  codeLines(code).forEach((line, i) => {
    sheet.text(line, x, nameTop + height + (i + 0.3) * sheet.currentLineHeight(), {
      lineBreak: false,
    });
  });
  sheet.font("sans").fontSize(SIZES.cut);
  sheet.text(cut, x, y - TEXT_Y + HEIGHT - MARGIN - SIZES.cut / 2, { lineBreak: false });
}

/** Words of both directions: each part is shaped by itself, and put where the eye meets it. */
function drawBothWays(sheet: Sheet, name: string, x: number, top: number): void {
  const measure = (text: string) => sheet.widthOfString(text);
  const lines = linesOfWords(name, { width: TEXT_WIDTH, lines: NAME_LINES, measure });
  lines.forEach(({ parts, leans }, i) => {
    const whole = parts.reduce((sum, part) => sum + measure(part), 0);
    let left = leans === "left" ? x : x + TEXT_WIDTH - whole;
    for (const part of parts) {
      const y = top + i * sheet.currentLineHeight();
      if (part.trim() !== "") sheet.text(part, left, y, { lineBreak: false });
      left += measure(part);
    }
  });
}

/** "7F3K 9QZX 2M0A" and "8VBW N1H4". */
function codeLines(code: string): string[] {
  const groups = code.split(" ");
  const lines = Math.ceil(groups.length / CODE_GROUPS_IN_LINE);
  return Array.from(
    { length: lines },
    (_, i) => groups.slice(i * CODE_GROUPS_IN_LINE, (i + 1) * CODE_GROUPS_IN_LINE).join(" "),
  );
}

/** Everything that the document writes, once it has ended. */
async function collect(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  sheet.on("data", (chunk: Uint8Array) => chunks.push(new Uint8Array(chunk)));
  await new Promise((resolve, reject) => sheet.on("end", resolve).on("error", reject));
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
