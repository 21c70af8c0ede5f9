/**
 * The code on a card: 19 random characters of Crockford's base32 and a check character.
 * A released code never changes its alphabet or its check: packages are printed with it.
 */
import { z } from "zod";
import { sensitive } from "./sensitive.ts";

/** Crockford's base32: no I, L, O or U, which people take for something else. */
export const CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const CODE_LENGTH = 20;

/** A code as the log keeps it: 20 capital characters without spaces, check character right. */
export const Code = sensitive(
  z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/).refine(sumsToZero, {
    error: "Expected a code whose check character fits",
  }),
  "code",
);
export type Code = z.infer<typeof Code>;

/** What is wrong with an attempt: a character, their number, or which they are. */
export type Mistyped = "alphabet" | "length" | "check";
/** `marks` are what was typed, look-alikes put right and gaps left out. */
export type CodeReading = { code: Code } | { mistyped: Mistyped; marks: string };

/** What was meant as codes: those that are right, each once, else what is wrong with one. */
export type CodesReading =
  | { codes: [Code, ...Code[]] }
  | Extract<CodeReading, { mistyped: unknown }>;

/** Reads a code a person sent as text or as a link; `undefined` if they meant no code at all. */
export function readCode(text: string): CodeReading | undefined {
  const read = readCodes([text]);
  return read && "codes" in read ? { code: read.codes[0] } : read;
}

/** Reads all codes that a person sent in these texts; `undefined` if they meant none at all. */
export function readCodes(texts: readonly string[]): CodesReading | undefined {
  const readings = texts.flatMap(attemptsIn);
  const [first, ...others] = new Set(readings.flatMap((it) => "code" in it ? [it.code] : []));
  if (first !== undefined) return { codes: [first, ...others] };
  return readings.find((it) => "mistyped" in it);
}

/** Everything in a text that is meant as a code. */
function attemptsIn(text: string): CodeReading[] {
  const plain = text.normalize("NFKC");
  const links = [...plain.matchAll(LINK)].map(([, payload = ""]) =>
    readPayload(decodePayload(payload))
  );
  const rest = plain.replace(LINK, "\n");
  const whole = [rest, rest.replace(PREFIX, "")].map(judge);
  return [...links, ...whole, ...embeddedIn(rest)].filter((it) => it !== undefined);
}

/**
 * Codes in a longer text. Groups may be counted from a word too early, or over the end of a code
 * into the next, and fit by chance: of those that overlap, one on a line is right, then the one in
 * which letters and digits change most.
 */
function embeddedIn(text: string): CodeReading[] {
  const found = [...text.matchAll(EMBEDDED)].flatMap(({ index, 1: typed = "" }) => {
    const reading = judge(typed);
    const lines = typed.split("\n").length;
    const place = { index, end: index + typed.length, lines, changes: changesIn(typed) };
    return reading ? [{ ...place, reading }] : [];
  });
  const likely = found.filter(({ reading }) => "code" in reading)
    .toSorted((a, b) => a.lines - b.lines || b.changes - a.changes || a.index - b.index);
  const taken: typeof found = [];
  for (const it of likely) {
    if (taken.every((other) => it.end <= other.index || other.end <= it.index)) taken.push(it);
  }
  const codes = taken.toSorted((a, b) => a.index - b.index);
  return [...codes, ...found.filter(({ reading }) => !("code" in reading))]
    .map(({ reading }) => reading);
}

/** What a person is told of an attempt that is almost a code. */
export type CodeMistake = {
  mistake: "missing" | "extra" | "foreign";
  count: number;
  /** Letters that no code has, as a list. */
  letters: string;
};

/** Characters by which an attempt may be too long or too short to be told by how many. */
const TOLD_MAX = 8;

/** How an attempt differs from a code; null where it has all characters, or is none at all. */
export function mistakeIn({ marks }: { marks: string }): CodeMistake | null {
  const typed = Array.from(marks);
  const letters = new Set(typed.filter((mark) => !CODE_ALPHABET.includes(mark)));
  const count = typed.length - CODE_LENGTH;
  if (Math.abs(count) > TOLD_MAX || letters.size > FOREIGN_MAX) return null;
  if (letters.size > 0) {
    return { mistake: "foreign", count: letters.size, letters: [...letters].join(", ") };
  }
  if (count === 0) return null;
  return { mistake: count < 0 ? "missing" : "extra", count: Math.abs(count), letters: "" };
}

/** Reads what follows `v_` in `/start v_…`: a person who follows such a link means a code. */
export function readPayload(payload: string): CodeReading {
  return compare(marksOf(payload.normalize("NFKC")).join(""));
}

/** Adds the check character to 19 characters of the alphabet; throws a RangeError at others. */
export function completeCode(nineteen: string): Code {
  const values = Array.from(nineteen, (mark) => CODE_ALPHABET.indexOf(mark));
  if (values.length !== CODE_LENGTH - 1 || values.includes(-1)) {
    throw new RangeError(
      `Cannot complete a code: expected 19 of ${CODE_ALPHABET}, found ${values.length} characters`,
    );
  }
  return nineteen + CODE_ALPHABET.charAt(timesAlpha(weigh(values)));
}

/** "ABCDEFGHJKMNPQRSTVWX" → "ABCD EFGH JKMN PQRS TVWX". */
export function groupCode(code: Code): string {
  return code.replace(/.{4}(?=.)/g, "$& ");
}

/**
 * The check: with a = the generator of GF(32), c₀·a¹⁹ + c₁·a¹⁸ + … + c₁₉ is zero. The weights
 * differ and none is zero, so one wrong character, or any two that changed places, always show.
 */
function sumsToZero(code: string): boolean {
  return weigh(Array.from(code, (mark) => CODE_ALPHABET.indexOf(mark))) === 0;
}

function weigh(values: number[]): number {
  return values.reduce((sum, value) => timesAlpha(sum) ^ value, 0);
}

/** Multiplies by x in GF(2)[x] / (x⁵ + x² + 1), whose powers are all 31 nonzero elements. */
function timesAlpha(value: number): number {
  return value & 16 ? (value << 1) ^ 0b100101 : value << 1;
}

/** What stands between characters and means nothing: spaces, dashes, `_`, invisible marks. */
const GAP = String.raw`\s_\p{Dash}\p{Cf}`;
const GAPS = new RegExp(`[${GAP}]+`, "u");
const LINK =
  /(?:\b(?:t|telegram)\.(?:me|dog)\/|\btg:\/*resolve\/?)\S*?[?&]start=v_([^\s&#"'<>]*)\S*/giu;
const PREFIX = /^\s*v_/i;
/** Five groups of four, or twenty in a row, inside a longer text; not inside an address. */
const EMBEDDED = new RegExp(
  String
    .raw`(?<![^\s:«“"'(])(?=((?:[\p{L}\p{N}]{4}[${GAP}]{0,3}){4}[\p{L}\p{N}]{4})(?![^\s.,;!?»”"')]))`,
  "gu",
);
const SURROUNDINGS = /^[\s«“"'(.,:;]+|[\s»”"').,:;!?]+$/gu;
const FORGIVEN = new Map(
  // Latin, Cyrillic, Greek.
  [..."OIL" + "АВЕКМНОРСТХУІЅЈЗ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"].map((mark, i) => [
    mark,
    ("011" + "ABEKMH0PCTXY1SJ3" + "ABEZH1KMN0PTYX").charAt(i),
  ]),
);

/** A group lost or typed twice is still an attempt; so are two characters no code has. */
const ATTEMPT_LENGTHS = { min: CODE_LENGTH - 4, max: CODE_LENGTH + 4 };
const FOREIGN_MAX = 2;
/** Letters and digits of a random code change places 8 times; fewer than 4 in one of fifty. */
const CHANGES_MIN = 4;

/** Weighs one text: a code, an attempt at one, or neither. */
function judge(text: string): CodeReading | undefined {
  const words = text.replace(SURROUNDINGS, "").split(GAPS).filter((word) => word !== "");
  const typed = words.join("");
  if (!/^[\p{L}\p{N}]+$/u.test(typed)) return undefined;
  const marks = marksOf(typed);
  const reading = compare(marks.join(""));
  // Twenty letters in words of different lengths are a sentence, even if the check fits.
  const grouped = areGroups(words);
  if ("code" in reading) return grouped || /\p{N}/u.test(typed) ? reading : undefined;
  const foreign = marks.filter((mark) => !CODE_ALPHABET.includes(mark)).length;
  const meant = grouped && changesIn(typed) >= CHANGES_MIN && foreign <= FOREIGN_MAX &&
    marks.length >= ATTEMPT_LENGTHS.min && marks.length <= ATTEMPT_LENGTHS.max;
  return meant ? reading : undefined;
}

/** How often a letter follows a digit, or a digit a letter. */
const changesIn = (typed: string): number =>
  typed.match(/\p{N}(?=\p{L})|\p{L}(?=\p{N})/gu)?.length ?? 0;

/** One word, or words of which two in three are as long as each other. */
function areGroups(words: string[]): boolean {
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word.length, (counts.get(word.length) ?? 0) + 1);
  return Math.max(...counts.values()) * 3 >= words.length * 2;
}

/** The characters without gaps, capital, look-alikes put right. */
function marksOf(text: string): string[] {
  const marks = text.replace(SURROUNDINGS, "").replace(new RegExp(GAPS, "gu"), "").toUpperCase();
  return Array.from(marks, (mark) => FORGIVEN.get(mark) ?? mark);
}

function compare(canonical: string): CodeReading {
  const marks = Array.from(canonical);
  const wrong = (mistyped: Mistyped) => ({ mistyped, marks: canonical });
  if (marks.some((mark) => !CODE_ALPHABET.includes(mark))) return wrong("alphabet");
  if (marks.length !== CODE_LENGTH) return wrong("length");
  return sumsToZero(canonical) ? { code: canonical } : wrong("check");
}

/** Links travel percent-encoded; a broken encoding is read as it stands. */
function decodePayload(payload: string): string {
  try {
    return decodeURIComponent(payload);
  } catch {
    return payload;
  }
}
