/** Which test reaches which file, and by how many imports. */
import { runDeno } from "./run_deno.ts";

/** What a file imports, by path from the root; also what it starts as a worker or process. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** How many imports lie between a file and each that it reaches, itself included. */
export type Reach = ReadonlyMap<string, number>;

interface Module {
  specifier: string;
  dependencies?: { code?: { specifier?: string }; type?: { specifier?: string } }[];
}

/** `new URL("./x.ts", import.meta.url)`, which Deno does not follow. */
const BY_URL = /new URL\(\s*"(\.[^"]+)",\s*import\.meta\.url/g;

/** Reads the imports of the test files and of all that they reach, in a copy. */
export async function readImports(
  tests: readonly string[],
  copy: string,
  signal: AbortSignal,
): Promise<Imports> {
  const found = new Map<string, readonly string[]>();
  let unread = tests;
  while (unread.length > 0) {
    for (const [path, imports] of await askDeno(unread, copy, signal)) found.set(path, imports);
    unread = Array.from(found.values()).flat().filter((path) => !found.has(path));
  }
  return found;
}

/** How far each file lies from `path`. */
export function reachOf(path: string, imports: Imports): Reach {
  const reach = new Map([[path, 0]]);
  // A map goes on over what is added meanwhile.
  for (const [from, distance] of reach) {
    for (const to of imports.get(from) ?? []) if (!reach.has(to)) reach.set(to, distance + 1);
  }
  return reach;
}

async function askDeno(
  paths: readonly string[],
  copy: string,
  signal: AbortSignal,
): Promise<Map<string, string[]>> {
  const root = `file://${await Deno.realPath(copy)}/`;
  const entry = `${copy}/${ENTRY}`;
  await Deno.writeTextFile(entry, paths.map((path) => `import "./${path}";\n`).join(""));
  const { output } = await runDeno(["info", "-q", "--json", ENTRY], {
    cwd: copy,
    patience: 120_000,
    signal,
  });
  const { modules }: { modules: Module[] } = JSON.parse(output);
  const ours = modules.filter(({ specifier }) => specifier.startsWith(root));
  const imports = new Map(paths.map((path): [string, string[]] => [path, []]));
  for (const { specifier, dependencies = [] } of ours) {
    const urls = [
      ...dependencies.flatMap(({ code, type }) => code?.specifier ?? type?.specifier ?? []),
      ...Array.from(
        (await Deno.readTextFile(new URL(specifier))).matchAll(BY_URL),
        ([, to = ""]) => new URL(to, specifier).href,
      ).filter((to) => to.endsWith(".ts")),
    ];
    const inside = urls.filter((url) => url.startsWith(root)).map((url) => url.slice(root.length));
    imports.set(specifier.slice(root.length), inside);
  }
  await Deno.remove(entry);
  imports.delete(ENTRY);
  return imports;
}

const ENTRY = "every_test.ts";
