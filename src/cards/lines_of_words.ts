/** Words of both directions on few lines, each line in the order in which the eye meets it. */
// @ts-types="./bidi_js.d.ts"
import bidiOf from "bidi-js";

/** Words on one line, from left to right; `leans` says at which edge the line begins. */
export interface SeenLine {
  /** Each in the order of its letters: what shapes letters turns those that run to the left. */
  parts: readonly string[];
  leans: "left" | "right";
}

/** Whether any word runs from right to left. */
export const runsToTheLeft = (text: string): boolean =>
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
    .test(text);

/** Breaks `text` into at most `lines` lines of `width`; what does not fit is cut, and says so. */
export function linesOfWords(
  text: string,
  { width, lines, measure }: { width: number; lines: number; measure(text: string): number },
): SeenLine[] {
  const broken: string[] = [];
  let line = "";
  const pieces = text.split(" ").flatMap((word) => piecesOf(word, width, measure));
  for (const { piece, begins } of pieces) {
    const longer = line === "" ? piece : `${line}${begins ? " " : ""}${piece}`;
    if (line === "" || measure(longer) <= width) {
      line = longer;
      continue;
    }
    broken.push(line);
    line = piece;
  }
  broken.push(line);
  const shown = broken.slice(0, lines);
  const last = shown.at(-1);
  if (broken.length > lines && last !== undefined) {
    shown[shown.length - 1] = cutTo(`${last}…`, width, measure);
  }
  const [paragraph] = bidiOf().getEmbeddingLevels(text).paragraphs;
  const leans = (paragraph?.level ?? 0) % 2 === 1 ? "right" : "left";
  return shown.map((it) => ({ parts: partsOf(it, leans), leans }));
}

/** A word that is too long for a line, in pieces that are not. */
function piecesOf(word: string, width: number, measure: (text: string) => number) {
  const pieces = [""];
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    const last = pieces.at(-1) ?? "";
    if (last !== "" && measure(last + segment) > width) pieces.push(segment);
    else pieces[pieces.length - 1] = last + segment;
  }
  return pieces.map((piece, i) => ({ piece, begins: i === 0 }));
}

function cutTo(line: string, width: number, measure: (text: string) => number): string {
  const letters = [...new Intl.Segmenter().segment(line.slice(0, -1))].map((it) => it.segment);
  while (letters.length > 0 && measure(`${letters.join("")}…`) > width) letters.pop();
  return `${letters.join("")}…`;
}

/** Stretches of one level, spaces apart, turned level by level as rule L2 of UAX 9 says. */
function partsOf(line: string, leans: SeenLine["leans"]): string[] {
  const bidi = bidiOf();
  const { levels } = bidi.getEmbeddingLevels(line, leans === "right" ? "rtl" : "ltr");
  const runs: { text: string; level: number; space: boolean }[] = [];
  for (let i = 0; i < line.length; i++) {
    const [level, typed] = [levels[i] ?? 0, line[i] ?? ""];
    const letter = level % 2 === 1 ? bidi.getMirroredCharacter(typed) ?? typed : typed;
    const space = letter === " ";
    const run = runs.at(-1);
    if (run && run.level === level && run.space === space) run.text += letter;
    else runs.push({ text: letter, level, space });
  }
  const highest = Math.max(0, ...runs.map(({ level }) => level));
  for (let level = highest; level > 0; level--) turnFrom(runs, level);
  return runs.map(({ text, level }) =>
    // Without a letter of its own, nothing turns it.
    level % 2 === 1 && !runsToTheLeft(text) ? [...text].toReversed().join("") : text
  );
}

/** Turns every stretch of runs of this level or a higher one. */
function turnFrom(runs: { level: number }[], level: number): void {
  for (let from = 0; from < runs.length; from++) {
    let upto = from;
    while ((runs[upto]?.level ?? -1) >= level) upto++;
    if (upto === from) continue;
    runs.splice(from, upto - from, ...runs.slice(from, upto).toReversed());
    from = upto;
  }
}
