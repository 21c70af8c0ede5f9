/** Colours for a terminal, lines of a width that fits it, and two texts side by side. */
import { styleText } from "node:util";
import stringWidth from "string-width";

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
}

/** Colours, or none. */
export function openPaint(colour: boolean): Paint {
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: style("bold"),
    dim: style("dim"),
    good: style("green"),
    bad: style("red"),
    accent: style("cyan"),
  };
}

const graphemes = new Intl.Segmenter();
/** More than any letter is made of. */
const UNITS_MAX = 16;

/** How far into a text so many columns reach, between what is read as single letters. */
function fitting(text: string, columns: number): number {
  const begin = graphemes.segment(text.slice(0, columns * UNITS_MAX));
  const letters = Iterator.from(begin).take(columns).map(({ segment }) => segment).toArray();
  for (let over; (over = stringWidth(letters.join("")) - columns) > 0;) {
    // None takes more than two.
    letters.splice(-Math.ceil(over / 2));
  }
  return letters.join("").length;
}

/** The text in lines of at most `width`, broken at spaces and commas where there are any, each indented. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const room = Math.max(20, width - indent.length);
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let rest = line;
    for (let fits; (fits = fitting(rest, room)) < rest.length;) {
      const [space, comma] = [rest.lastIndexOf(" ", fits), rest.lastIndexOf(",", fits - 1) + 1];
      const end = Math.max(space, comma);
      // What counts as one letter may be wider than any line.
      const at = end > fits / 3 ? end : Math.max(1, fits);
      lines.push(indent + rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...lines, indent + rest];
  });
}

/** The text, cut to `width` with a sign that it was. */
export function cut(text: string, width: number): string {
  if (fitting(text, width) === text.length) return text;
  return `${text.slice(0, fitting(text, Math.max(0, width - 1)))}…`;
}

/** Two columns with a line between them. */
export function beside(
  left: readonly string[],
  right: readonly string[],
  width: number,
): string[] {
  const room = Math.floor((width - 3) / 2);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
    const [one = "", other = ""] = [left[i], right[i]];
    return `${one}${" ".repeat(Math.max(0, room - stringWidth(one)))} │ ${other}`.trimEnd();
  });
}

/** Room for each of two columns of `beside`. */
export const columnOf = (width: number): number => Math.floor((width - 3) / 2);
