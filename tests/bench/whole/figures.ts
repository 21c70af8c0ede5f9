/** Figures of several rounds, and how they are shown beside what they are to reach. */

/** A figure of each bot, round by round, and what is to be reached of it. */
export interface Line {
  what: string;
  ours: readonly number[];
  grammy?: readonly number[];
  bare?: readonly number[];
  target?: Target;
}

/** A limit of the ratio to the grammY bot, or of the figure itself. */
export interface Target {
  of: "ratio" | "value";
  is: "at least" | "at most";
  limit: number;
}

/** The one in the middle, or the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low = NaN, high = NaN] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return (low + high) / 2;
}

/** The median of ours by that of the grammY bot; NaN where there is none. */
export const ratioOf = ({ ours, grammy = [] }: Line): number => median(ours) / median(grammy);

/** Whether it is reached; null where nothing is to be. */
export function isMet(line: Line): boolean | null {
  const { target, ours } = line;
  if (!target) return null;
  const value = target.of === "ratio" ? ratioOf(line) : median(ours);
  return target.is === "at least" ? value >= target.limit : value <= target.limit;
}

const number = (value: number): string =>
  !Number.isFinite(value) ? "–" : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);

function targetOf({ of, is, limit }: Target): string {
  return `${is === "at least" ? "≥" : "≤"} ${limit}${of === "ratio" ? " × (b)" : ""}`;
}

const FIRST_WIDTH = 44;

const row = (cells: readonly string[], last: string): string =>
  `  ${
    cells.map((cell, i) => i === 0 ? cell.padEnd(FIRST_WIDTH) : cell.padStart(11)).join("")
  }  ${last}`
    .trimEnd();

/** The lines of a table under its title: medians, the ratio, and what is to be reached. */
export function tableOf(title: string, lines: readonly Line[]): string[] {
  return [
    title,
    row(["", "(a) ours", "(b) grammY", "(c) bare", "(a) : (b)"], "to reach"),
    ...lines.map((line) => {
      const { what, ours, grammy = [], bare = [], target } = line;
      const mark = isMet(line) ? "✓" : "✗";
      const values = [median(ours), median(grammy), median(bare), ratioOf(line)].map(number);
      return row([what, ...values], target ? `${targetOf(target)} ${mark}` : "");
    }),
  ];
}
