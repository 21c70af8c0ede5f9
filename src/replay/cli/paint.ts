/** Colours for a terminal, lines of a width that fits it, and two texts side by side. */
import { styleText } from "node:util";

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

/** What is seen of a text: without colours. */
// deno-lint-ignore no-control-regex
const COLOUR = /\x1b\[[0-9;]*m/g;
const lengthOf = (text: string): number => text.replace(COLOUR, "").length;

/** The text in lines of at most `width`, broken at spaces and commas where there are any, each indented. */
export function wrap(text: string, width: number, indent = ""): string[] {
  const room = Math.max(20, width - indent.length);
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let rest = line;
    while (rest.length > room) {
      const [space, comma] = [rest.lastIndexOf(" ", room), rest.lastIndexOf(",", room - 1) + 1];
      const end = Math.max(space, comma);
      const at = end > room / 3 ? end : room;
      lines.push(indent + rest.slice(0, at));
      rest = rest.slice(at).trimStart();
    }
    return [...lines, indent + rest];
  });
}

/** The text, cut to `width` with a sign that it was. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
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
    return `${one}${" ".repeat(Math.max(0, room - lengthOf(one)))} │ ${other}`.trimEnd();
  });
}

/** Room for each of two columns of `beside`. */
export const columnOf = (width: number): number => Math.floor((width - 3) / 2);
