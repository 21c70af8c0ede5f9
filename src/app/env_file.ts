/** `.env` as Node and dotenv read it, and what in it is lost in silence there. */
import { parseEnv } from "node:util";

/** What a file sets, and a sentence for each line that looks like a variable of ours and is none. */
export interface EnvFile {
  values: Readonly<Record<string, string | undefined>>;
  doubts: readonly string[];
}

/** Reads the bytes of `.env`; `names` are the variables that there are. Throws a TypeError. */
export function readEnvFile(bytes: Uint8Array, names: readonly string[]): EnvFile {
  const text = decode(bytes).replaceAll(/\r\n?/g, "\n");
  const values = parseEnv(text);
  return { values, doubts: [...lostIn(text, values, names), ...misspelt(values, names)] };
}

/** By its byte order mark, as Windows's editors write it; without one, UTF-8. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : null;
  return new TextDecoder(wide ?? "utf-8", { fatal: true }).decode(bytes);
}

/** `NAME: value` and `NAME value` set nothing. */
function lostIn(
  text: string,
  values: EnvFile["values"],
  names: readonly string[],
): string[] {
  return names.filter((name) =>
    values[name] === undefined &&
    new RegExp(`^[ \\t]*(?:export[ \\t]+|set[ \\t]+)?${name}(?:[ \\t]*:|[ \\t]+[^\\s=])`, "m")
      .test(text)
  ).map((name) => `.env names ${name} without a "=", which sets nothing: write ${name}=…`);
}

function misspelt(values: EnvFile["values"], names: readonly string[]): string[] {
  return Object.keys(values).filter((name) => !names.includes(name)).flatMap((name) => {
    const [nearest] = names.map((ours) => ({ ours, far: distance(name, ours) }))
      .filter(({ far }) => far < Infinity).toSorted((a, b) => a.far - b.far);
    const shown = /^[\w.-]{1,40}$/.test(name) ? name : JSON.stringify(name.slice(0, 40));
    return nearest ? [`.env sets ${shown}, which nobody reads: is ${nearest.ours} meant?`] : [];
  });
}

/** How far two names are apart: in letters, or in words that one has and the other lacks. */
function distance(name: string, ours: string): number {
  const plain = name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, "_").replaceAll(/^_|_$/g, "");
  const letters = editsBetween(plain.replaceAll("_", ""), ours.replaceAll("_", ""));
  if (letters <= Math.min(2, Math.floor(ours.length / 4))) return letters;
  const [theirs, words] = [plain.split("_"), ours.split("_")];
  const within = words.length > 1 && words.every((word) => theirs.includes(word));
  const part = LONE.get(plain) === ours;
  return within || part ? 3 + Math.abs(theirs.length - words.length) : Infinity;
}

/** What other programs call it. */
const LONE: ReadonlyMap<string, string> = new Map([
  ["TOKEN", "BOT_TOKEN"],
  ["TELEGRAM_TOKEN", "BOT_TOKEN"],
  ["ADMIN", "ADMIN_IDS"],
  ["ADMINS", "ADMIN_IDS"],
  ["OWNER_IDS", "ADMIN_IDS"],
  ["OWNERS", "ADMIN_IDS"],
  ["POSTGRES_URL", "DATABASE_URL"],
  ["DB_URL", "DATABASE_URL"],
  ["PORT", "HTTP_PORT"],
  ["HOST", "HTTP_HOST"],
  ["TZ", "TIME_ZONE"],
  ["LOCALE", "DEFAULT_LOCALE"],
]);

/** Letters to insert, drop, change or swap with the next one. */
function editsBetween(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [
    [],
    Array.from({ length: b.length + 1 }, (_, j) => j),
  ];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && j > 1 && i > 1
        ? (before[j - 2] ?? 0) + 1
        : Infinity;
      row.push(Math.min(change, swap, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
