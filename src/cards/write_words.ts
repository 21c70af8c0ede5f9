/** Words on a canvas, in the letters of a font: outlines that are filled, with soft edges. */
import sans from "dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf" with { type: "bytes" };
// @ts-types="fontkit-types"
import { create, type Font } from "fontkit";
import type { Canvas, Colour } from "./canvas.ts";

/** Where words stand: `at` is their middle and their line, in px; `size` is the font's. */
export interface Written {
  at: readonly [x: number, y: number];
  size: number;
  colour: Colour;
}

/** Writes words with their middle at a point. */
export interface Pen {
  widthOf(words: string, size: number): number;
  write(canvas: Canvas, words: string, written: Written): void;
}

type Line = readonly [x0: number, y0: number, x1: number, y1: number];

/** Steps of a curve: at these sizes, more cannot be told from it. */
const CURVE_STEPS = 6;
/** Points looked at in each direction of a pixel. */
const SAMPLES = [-0.375, -0.125, 0.125, 0.375];

export function openPen(): Pen {
  const font = create(Buffer.from(sans)) as Font;
  const widthOf = (words: string, size: number): number =>
    font.layout(words).advanceWidth * size / font.unitsPerEm;
  return {
    widthOf,
    write(canvas, words, { at: [middle, line], size, colour }) {
      const scale = size / font.unitsPerEm;
      const { glyphs, positions } = font.layout(words);
      let x = middle - widthOf(words, size) / 2;
      glyphs.forEach((glyph, i) => {
        const left = x;
        x += (positions[i]?.xAdvance ?? 0) * scale;
        const lines = linesOf(glyph.path.commands)
          .map((points): Line => {
            const [x0, y0, x1, y1] = points;
            return [left + x0 * scale, line - y0 * scale, left + x1 * scale, line - y1 * scale];
          });
        if (lines.length > 0) fillOutline(canvas, lines, colour);
      });
    },
  };
}

/** The outline as straight lines. */
function linesOf(commands: readonly { command: string; args: number[] }[]): Line[] {
  const lines: Line[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const to = (nextX: number, nextY: number) => {
    lines.push([x, y, nextX, nextY]);
    [x, y] = [nextX, nextY];
  };
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0] = args;
    if (command === "moveTo") [x, y, startX, startY] = [a, b, a, b];
    else if (command === "lineTo") to(a, b);
    else if (command === "closePath") to(startX, startY);
    else if (command === "quadraticCurveTo") {
      const [fromX, fromY] = [x, y];
      for (let step = 1; step <= CURVE_STEPS; step++) {
        const t = step / CURVE_STEPS;
        const on = (from: number, bend: number, end: number) =>
          (1 - t) ** 2 * from + 2 * (1 - t) * t * bend + t ** 2 * end;
        to(on(fromX, a, c), on(fromY, b, d));
      }
    } else throw new Error(`Cannot draw ${command}: the font has it, and this pen has not`);
  }
  return lines;
}

/** Row by row: where the outline is crossed tells how much of each pixel lies inside. */
function fillOutline(canvas: Canvas, lines: readonly Line[], colour: Colour): void {
  const [across, along] = [
    lines.flatMap(([a, , b]) => [a, b]),
    lines.flatMap((it) => [it[1], it[3]]),
  ];
  const [left, right] = [Math.floor(Math.min(...across)) - 1, Math.ceil(Math.max(...across)) + 1];
  const [top, bottom] = [Math.floor(Math.min(...along)) - 1, Math.ceil(Math.max(...along)) + 1];
  for (let y = top; y <= bottom; y++) {
    const rows = SAMPLES.map((down) => crossingsOf(lines, y + down));
    const coverOf = (x: number) => rows.reduce((sum, row) => sum + insideOf(row, x), 0);
    const within = { left, top: y, right, bottom: y + 1 };
    canvas.fill((x) => 0.5 - coverOf(x) / SAMPLES.length ** 2, colour, within);
  }
}

/** Where a line across the outline meets it, and in which direction each time. */
function crossingsOf(lines: readonly Line[], y: number): [x: number, turn: number][] {
  return lines.filter(([, y0, , y1]) => (y0 <= y) !== (y1 <= y)).map(([x0, y0, x1, y1]) => [
    x0 + (y - y0) / (y1 - y0) * (x1 - x0),
    y1 > y0 ? 1 : -1,
  ]);
}

/** How many of a pixel's points in this row the outline runs around. */
function insideOf(row: readonly (readonly [x: number, turn: number])[], x: number): number {
  return SAMPLES.filter((right) =>
    row.reduce((winding, [at, turn]) => at > x + right ? winding + turn : winding, 0) !== 0
  ).length;
}
