import { Canvas, type Colour, everywhere, roundedBox } from "./canvas.ts";
import type { Pen } from "./write_words.ts";

/** One day, as "2026-11-20", and how many checks there were. */
export interface Day {
  day: string;
  checks: number;
}

const WIDTH = 960;
const HEIGHT = 400;
const PLOT = { left: 30, top: 56, right: 930, bottom: 320 };
/** Of the font, in px: a telephone shows the picture at a third of its size. */
const SIZES = { count: 24, day: 20, month: 26 };
const [DAY_LINE, MONTH_LINE] = [PLOT.bottom + 26, PLOT.bottom + 60];
const PAPER: Colour = [250, 243, 228];
const INK: Colour = [58, 42, 36];
const BAR: Colour = [206, 34, 30];
const GRID: Colour = [226, 214, 192];

/**
 * Draws checks day by day, a PNG of 960×400: the count above, the day of the month below, and the
 * month where it begins, as `monthOf` calls it.
 */
export async function drawDays(
  days: readonly Day[],
  monthOf: (day: string) => string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { openPen } = await import("./write_words.ts");
  const pen = openPen();
  const canvas = new Canvas(WIDTH, HEIGHT);
  canvas.fill(everywhere, PAPER);
  drawGrid(canvas);
  drawBars(canvas, pen, days);
  drawMonths(canvas, pen, days, monthOf);
  const { sharp } = await import("./pixels.ts");
  const png = await sharp(canvas.data, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
    .png({ palette: true }).toBuffer();
  return new Uint8Array(png);
}

function drawBars(canvas: Canvas, pen: Pen, days: readonly Day[]): void {
  const most = Math.max(1, ...days.map(({ checks }) => checks));
  const step = stepOf(days);
  const height = PLOT.bottom - PLOT.top;
  let isMostTold = false;
  days.forEach(({ day, checks }, i) => {
    const middle = PLOT.left + (i + 0.5) * step;
    pen.write(canvas, String(Number(day.slice(-2))), {
      ...{ at: [middle, DAY_LINE], size: SIZES.day, colour: INK },
    });
    if (checks === 0) return;
    const top = PLOT.bottom - height * checks / most;
    const [left, right] = [middle - step * 0.36, middle + step * 0.36];
    const bar = { left, top, right, bottom: PLOT.bottom };
    canvas.fill(roundedBox(bar, Math.min(4, (PLOT.bottom - top) / 2)), BAR, bar);
    // A number wider than its day would run into the next, so of wide ones the highest is told.
    const half = pen.widthOf(String(checks), SIZES.count) / 2;
    if (half * 2 > step && (checks < most || isMostTold)) return;
    isMostTold ||= checks === most;
    const at = Math.min(PLOT.right - half, Math.max(PLOT.left + half, middle));
    pen.write(canvas, String(checks), { at: [at, top - 8], size: SIZES.count, colour: INK });
  });
}

const stepOf = (days: readonly Day[]): number =>
  (PLOT.right - PLOT.left) / Math.max(1, days.length);

/** Names each month below its first day that is shown, where there is room before the next. */
function drawMonths(
  canvas: Canvas,
  pen: Pen,
  days: readonly Day[],
  monthOf: (day: string) => string,
): void {
  const step = stepOf(days);
  const isFirst = ({ day }: Day, i: number) => day.slice(0, 7) !== days[i - 1]?.day.slice(0, 7);
  const begins = days.flatMap((it, i) =>
    isFirst(it, i) ? [{ ...it, x: PLOT.left + i * step }] : []
  );
  begins.forEach(({ day, x }, i) => {
    const month = monthOf(day);
    const width = pen.widthOf(month, SIZES.month);
    const room = (begins[i + 1]?.x ?? PLOT.right) - x;
    if (width + step / 4 > room && i < begins.length - 1) return;
    const left = Math.min(x + step / 4, PLOT.right - width);
    pen.write(canvas, month, {
      ...{ at: [left + width / 2, MONTH_LINE], size: SIZES.month, colour: INK },
    });
    if (i === 0) return;
    const line = { left: x - 1, top: PLOT.bottom, right: x + 1, bottom: MONTH_LINE + 6 };
    canvas.fill(everywhere, GRID, line);
  });
}

function drawGrid(canvas: Canvas): void {
  for (const share of [0, 0.5, 1]) {
    const y = Math.round(PLOT.bottom - (PLOT.bottom - PLOT.top) * share);
    const line = { left: PLOT.left, top: y - 1, right: PLOT.right, bottom: y + 1 };
    canvas.fill(everywhere, share === 0 ? INK : GRID, line);
  }
}
