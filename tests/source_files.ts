/** The project's own source files, read as text, for tests about how it is written. */
import emulator from "../src/emulator/deno.json" with { type: "json" };

/** One file; `path` from the project's root. */
export interface Source {
  path: string;
  text: string;
}

/** One import; `from` is as written. */
export interface Import {
  from: string;
}

const ROOT = new URL("../", import.meta.url);
const NOT_SOURCE = new Set(["node_modules", "data", "coverage"]);

/** A test that reads the project; without the permission it is ignored and says why. */
export function sourceTest(name: string, fn: () => Promise<void>): void {
  // Only a query: asking for the root's path would itself need the permission.
  const ignore = Deno.permissions.querySync({ name: "read", path: ROOT }).state !== "granted";
  Deno.test({ name: ignore ? `${name} (ignored: needs --allow-read)` : name, ignore, fn });
}

/** Every file below `folder` whose name ends in one of `endings`, by path. */
export async function readSources(folder: string, endings = [".ts"]): Promise<Source[]> {
  const paths = await pathsBelow(folder);
  const wanted = paths.filter((path) => endings.some((ending) => path.endsWith(ending)));
  return await Promise.all(
    wanted.toSorted().map(async (path) => ({
      path,
      text: await Deno.readTextFile(new URL(path, ROOT)),
    })),
  );
}

/** The names of what lies in a folder of the project, folders with a slash behind. */
export async function namesIn(folder: string): Promise<string[]> {
  const names = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(`${folder}/`, ROOT))) {
    names.push(isDirectory ? `${name}/` : name);
  }
  return names.toSorted();
}

async function pathsBelow(folder: string): Promise<string[]> {
  const names = (await namesIn(folder)).filter((name) => !NOT_SOURCE.has(name.replace("/", "")));
  const below = names.map((name) =>
    name.endsWith("/") ? pathsBelow(`${folder}/${name.slice(0, -1)}`) : [`${folder}/${name}`]
  );
  return (await Promise.all(below)).flat();
}

// Found together, so that a quote inside a comment, or two slashes inside a string, begin nothing.
const COMMENT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*/;
const STRING = /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/;
// Where a value may begin, a slash begins a pattern; elsewhere it divides.
const PATTERN =
  /(?<=(?:[=(,:[!&|?{};]|=>|\breturn|^)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\//;
const OPAQUE = new RegExp(`${COMMENT.source}|${STRING.source}|${PATTERN.source}`, "gm");

/** The text with blanks for its comments; every line stays where it is. */
export function withoutComments(text: string): string {
  return text.replace(OPAQUE, (it) => /^\/[/*]/.test(it) ? blank(it) : it);
}

/** The text with blanks for its comments, strings and patterns; every line stays where it is. */
export function withoutStrings(text: string): string {
  return text.replace(OPAQUE, blank);
}

const blank = (text: string): string => text.replace(/[^\n]/g, " ");

const STATIC = /^\s*(?:import|export)\s+[^"'`;()=]*?\s*from\s*["']([^"']+)["']/gm;
const BARE = /^\s*import\s*["']([^"']+)["']/gm;
const DYNAMIC = /\bimport\(\s*["'`]([^"'`]+)["'`]/g;
const WORKER = /\bnew URL\(\s*["']([^"']+\.[jt]s)["'],\s*import\.meta\.url/g;

/** What a file imports, types included: at the top, later by `import()`, and as a worker's file. */
export function importsOf(text: string): Import[] {
  const code = withoutComments(text);
  return [STATIC, BARE, DYNAMIC, WORKER].flatMap((pattern) =>
    Array.from(code.matchAll(pattern), ([, from = ""]) => ({ from }))
  );
}

/** The files that the project's own packages are, by the names they are imported by. */
const PACKAGES: ReadonlyMap<string, string> = new Map(
  Object.entries(emulator.exports).map(([name, file]) => [
    `${emulator.name}${name.slice(1)}`,
    `src/emulator/${file.slice(2)}`,
  ]),
);

/** The file of the project that an import of `path` means; undefined for a package of others. */
export function resolveImport(path: string, from: string): string | undefined {
  if (!from.startsWith(".")) return PACKAGES.get(from);
  return new URL(from, new URL(path, "file:///")).pathname.slice(1);
}
