/** PDFs as a printer would show them, by poppler's programs. */
import { needs, unless } from "../permissions.ts";
import { testPixels } from "./test_pixels.ts";

const RASTER = "/usr/bin/pdftoppm";
const WORDS = "/usr/bin/pdftotext";
const FONTS = "/usr/bin/pdffonts";
const DPI = 300;
const COLUMNS = 3;
const ROWS = 8;

/** One page in pixels; labels are counted row by row, from 0. */
export interface Page {
  width: number;
  height: number;
  /** One label as a picture file. */
  cut(place: number): Promise<Uint8Array>;
  /** Whether this corner of it has a mark to cut along, across as well as down. */
  hasCutMark(place: number, corner?: { right?: boolean; lower?: boolean }): Promise<boolean>;
  /** Whether nothing is printed where one label ends and the next begins. */
  hasCleanEdge(place: number): Promise<boolean>;
}

/** A test that looks at a PDF: ignored, and says why, where poppler's programs cannot run. */
export function pdfTest(name: string, fn: () => Promise<void>): void {
  const reason = pdfNeeds();
  if (reason === "") testPixels(name, fn);
  else Deno.test({ ...unless(reason, name), fn });
}

/** Why poppler's programs cannot run here; "" when they can. */
export const pdfNeeds = (): string =>
  needs(...[RASTER, WORDS, FONTS].map((command) => ({ name: "run", command }) as const)) ||
  ([RASTER, WORDS, FONTS].every(isThere) ? "" : "needs Debian's poppler-utils");

function isThere(path: string): boolean {
  if (needs({ name: "read", path }) !== "") return false;
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

/** Every page at 300 dots per inch. */
export async function readPages(pdf: Uint8Array): Promise<Page[]> {
  const { sharp } = await import("../../src/cards/pixels.ts");
  const pages: Page[] = [];
  for (let number = 1;; number++) {
    const args = ["-r", `${DPI}`, "-f", `${number}`, "-l", `${number}`, "-gray", "-png", "-"];
    const png = await run(RASTER, args, pdf);
    if (png === null) return pages;
    const { width, height } = await sharp(png).metadata();
    const [w, h] = [width / COLUMNS, height / ROWS];
    const extract = (place: number, inset: number) => ({
      left: Math.round(place % COLUMNS * w) + inset,
      top: Math.round(Math.floor(place / COLUMNS) * h) + inset,
      width: Math.floor(w) - 2 * inset,
      height: Math.floor(h) - 2 * inset,
    });
    pages.push({
      width,
      height,
      cut: async (place) => await sharp(png).extract(extract(place, 2)).png().toBuffer(),
      async hasCutMark(place, { right = false, lower = false } = {}) {
        const label = extract(place, 0);
        const x = label.left + (right ? label.width : 0);
        const y = label.top + (lower ? label.height : 0);
        const arm = Math.round(DPI / 25.4);
        // Inside the label, where a sheet's edge takes no arm away.
        const [across, down] = [x + (right ? -arm - 2 : arm), y + (lower ? -arm - 2 : arm)];
        const arms = [
          { left: across, top: Math.max(0, y - 3), width: 2, height: 6 },
          { left: Math.max(0, x - 3), top: down, width: 6, height: 2 },
        ];
        const drawn = await Promise.all(arms.map(async (arm) => {
          const pixels = await sharp(png).extract(arm).greyscale().raw().toBuffer();
          return pixels.some((value) => value < 250);
        }));
        return drawn.every((it) => it);
      },
      async hasCleanEdge(place) {
        const label = extract(place, 2);
        const pixels = await sharp(png).extract(label).greyscale().raw().toBuffer();
        const isEdge = (i: number) => {
          const [x, y] = [i % label.width, Math.floor(i / label.width)];
          return Math.min(x, y, label.width - 1 - x, label.height - 1 - y) < DPI / 25.4 * 2;
        };
        return pixels.every((value, i) => value > 250 || !isEdge(i));
      },
    });
  }
}

/** All words of a PDF, in the order in which they are read. */
export async function readWords(pdf: Uint8Array): Promise<string> {
  const words = await run(WORDS, ["-raw", "-", "-"], pdf);
  return new TextDecoder().decode(words ?? new Uint8Array());
}

/** The fonts that a PDF names, and whether their letters are inside. */
export async function readFonts(
  pdf: Uint8Array,
): Promise<{ name: string; embedded: boolean; subset: boolean }[]> {
  const table = new TextDecoder().decode(await run(FONTS, ["-"], pdf) ?? new Uint8Array());
  return table.trim().split("\n").slice(2).map((line) => {
    const [, name = "", embedded, subset] =
      /^(\S+) .* (yes|no) +(yes|no) +(?:yes|no) +\d+ +\d+$/.exec(line.trim()) ?? [];
    return { name, embedded: embedded === "yes", subset: subset === "yes" };
  });
}

/** What a program makes of a PDF; null where it refuses. */
async function run(command: string, args: string[], pdf: Uint8Array): Promise<Uint8Array | null> {
  const process = new Deno.Command(command, {
    args,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writing = new Blob([new Uint8Array(pdf)]).stream().pipeTo(process.stdin);
  const [{ success, stdout }] = await Promise.all([process.output(), writing]);
  return success && stdout.length > 0 ? stdout : null;
}
