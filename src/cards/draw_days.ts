import { Canvas, type Colour, everywhere, roundedBox } from "./canvas.ts";

/** One day, as "2026-11-20", and how many checks there were. */
export interface Day {
  day: string;
  checks: number;
}

const WIDTH = 960;
const HEIGHT = 400;
const PLOT = { left: 40, top: 70, right: 920, bottom: 330 };
/** A digit is 3×5 squares of this side. */
const COUNT_PX = 4;
const DAY_PX = 3;
const PAPER: Colour = [250, 243, 228];
const INK: Colour = [58, 42, 36];
const BAR: Colour = [206, 34, 30];
const GRID: Colour = [226, 214, 192];

/** Draws checks day by day, a PNG of 960×400: the day of the month below, the count above. */
export async function drawDays(days: readonly Day[]): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new Canvas(WIDTH, HEIGHT);
  canvas.fill(everywhere, PAPER);
  drawGrid(canvas);
  drawBars(canvas, days);
  const { sharp } = await import("./pixels.ts");
  const png = await sharp(canvas.data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png({ palette: true }).toBuffer();
  return new Uint8Array(png);
}

function drawBars(canvas: Canvas, days: readonly Day[]): void {
  const most = Math.max(1, ...days.map(({ checks }) => checks));
  const step = (PLOT.right - PLOT.left) / Math.max(1, days.length);
  const height = PLOT.bottom - PLOT.top;
  let isMostTold = false;
  days.forEach(({ day, checks }, i) => {
    const middle = PLOT.left + (i + 0.5) * step;
    drawNumber(canvas, Number(day.slice(-2)), DAY_PX, [middle, PLOT.bottom + 18]);
    if (checks === 0) return;
    const top = PLOT.bottom - height * checks / most;
    const [left, right] = [middle - step * 0.36, middle + step * 0.36];
    const bar = { left, top, right, bottom: PLOT.bottom };
    canvas.fill(roundedBox(bar, Math.min(4, (PLOT.bottom - top) / 2)), BAR, bar);
    // A number wider than its day would run into the next, so of wide ones the highest is told.
    const half = widthOf(checks, COUNT_PX) / 2;
    if (half * 2 > step && (checks < most || isMostTold)) return;
    isMostTold ||= checks === most;
    const at = Math.min(PLOT.right - half, Math.max(PLOT.left + half, middle));
    drawNumber(canvas, checks, COUNT_PX, [at, top - 32]);
  });
}

function drawGrid(canvas: Canvas): void {
  for (const share of [0, 0.5, 1]) {
    const y = Math.round(PLOT.bottom - (PLOT.bottom - PLOT.top) * share);
    const line = { left: PLOT.left, top: y - 1, right: PLOT.right, bottom: y + 1 };
    canvas.fill(everywhere, share === 0 ? INK : GRID, line);
  }
}

/** Digits of 3×5 squares, row by row: no font is needed where there are only numbers. */
const DIGITS: readonly string[] = [
  "111101101101111",
  "010110010010111",
  "111001111100111",
  "111001111001111",
  "101101111001001",
  "111100111001111",
  "111100111101111",
  "111001010010010",
  "111101111101111",
  "111101111001111",
];
const COLUMNS = 3;

const widthOf = (number: number, px: number): number =>
  (String(number).length * (COLUMNS + 1) - 1) * px;

/** Draws a number in squares of `px`, its middle and its top at a point. */
function drawNumber(
  canvas: Canvas,
  number: number,
  px: number,
  [middle, top]: readonly [number, number],
): void {
  const left = Math.round(middle - widthOf(number, px) / 2);
  [...String(number)].forEach((digit, place) => {
    [...DIGITS[Number(digit)] ?? ""].forEach((square, i) => {
      if (square !== "1") return;
      const x = left + (place * (COLUMNS + 1) + i % COLUMNS) * px;
      const y = Math.round(top) + Math.floor(i / COLUMNS) * px;
      canvas.fill(everywhere, INK, { left: x, top: y, right: x + px, bottom: y + px });
    });
  });
}
