/** Colours for a terminal, lines of a width that fits it, and two texts side by side. */
import stringWidth from "string-width";
import { plainLine } from "../../base/plain_text.ts";

export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  accent(text: string): string;
}

/** Colours, and the one door through which lines get to a terminal. */
export interface Colours {
  paint: Paint;
  /** The line with the colours of `paint`; whatever else would steer the terminal is spelled out. */
  show(line: string): string;
}

const BEGIN = "\x1b[";

/**
 * Colours, or none. Those of `paint` are signed with numbers that nobody can guess, so that `show`
 * knows them from what a log brings along.
 */
export function openColours(colour: boolean): Colours {
  const sign = BEGIN + [...crypto.getRandomValues(new Uint16Array(3))].map((n) => `${n % 10_000};`)
    .join("");
  const style = (on: number, off: number) => (text: string) =>
    colour ? `${sign}${on}m${text}${sign}${off}m` : text;
  return {
    paint: {
      bold: style(1, 22),
      dim: style(2, 22),
      good: style(32, 39),
      bad: style(31, 39),
      accent: style(36, 39),
    },
    show(line) {
      const [first = "", ...painted] = line.split(sign);
      const parts = painted.map((part) => {
        const end = part.indexOf("m") + 1;
        return `${BEGIN}${plainLine(part.slice(0, end))}${plainLine(part.slice(end))}`;
      });
      return plainLine(first) + parts.join("");
    },
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
