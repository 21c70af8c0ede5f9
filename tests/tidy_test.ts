/** House rules that neither the formatter nor the linter knows. */
import { assertEquals } from "@std/assert";
import {
  readSources,
  type Source,
  sourceTest,
  withoutComments,
  withoutStrings,
} from "./source_files.ts";

const FOLDERS = ["events", "machines", "src", "tests"];
const LINES_MAX = 300;
/** Names that say nothing of what is inside. */
const EMPTY_NAMES = new Set(["utils", "util", "helpers", "helper", "types", "index", "manager"]);
const CODE = [".ts", ".tsx", ".js"];

const readAll = async (endings: string[]): Promise<Source[]> =>
  (await Promise.all(FOLDERS.map((folder) => readSources(folder, endings)))).flat();

const isDeclaration = ({ path }: Source): boolean => path.endsWith(".d.ts");

/** "path:line", of every match. */
const placesOf = ({ path }: Source, text: string, pattern: RegExp): string[] =>
  Array.from(
    text.matchAll(pattern),
    ({ index, 0: found }) => `${path}:${text.slice(0, index).split("\n").length} ${found.trim()}`,
  );

sourceTest(`no file is longer than ${LINES_MAX} lines`, async () => {
  const sources = await readAll([...CODE, ".css", ".html", ".sql"]);
  const long = sources.filter((source) => !isDeclaration(source))
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split("\n").length }))
    .filter(({ lines }) => lines > LINES_MAX);
  assertEquals(long, []);
});

sourceTest("names are in snake_case, and say what is inside", async () => {
  const paths = (await readAll([""])).map(({ path }) => path);
  const odd = paths.filter((path) =>
    !/^(?:[a-z0-9_]+\/)*(?:README|[a-z0-9_]+)(?:\.[a-z0-9]+)+$/.test(path)
  );
  const empty = paths.filter((path) => {
    const [name = "", ...endings] = path.split("/").at(-1)?.split(".") ?? [];
    return CODE.includes(`.${endings.join(".")}`) && EMPTY_NAMES.has(name.replace(/_test$/, ""));
  });
  assertEquals([...odd, ...empty], []);
});

sourceTest("no type is given up", async () => {
  const sources = (await readAll([".ts", ".tsx"])).filter((source) => !isDeclaration(source));
  const given = sources.flatMap((source) => [
    // `Promise.any` and a field `any:` are values.
    ...placesOf(source, withoutStrings(source.text), /(?<![.\w])any\b(?!\s*[:(])/g),
    ...placesOf(source, withoutStrings(source.text), /\bas\s+unknown\s+as\b/g),
    ...placesOf(source, source.text, /@ts-(?:ignore|nocheck|expect-error)/g),
  ]);
  assertEquals(given, []);
});

sourceTest("modules are imported by names that can be read", async () => {
  const sources = await readAll(CODE);
  const hidden = sources.flatMap((source) =>
    placesOf(source, withoutComments(source.text), /(?<![.\w])import\((?!\s*["'`][^"'`$]+["'`])/g)
  );
  assertEquals(hidden, []);
});
