/** Which tests a server makes a difference to: the others run once, on no server. */
import { importsOf, readSources, resolveImport, type Source } from "./source_files.ts";

/** How a test looks for a server. */
const LOOKS = /\("TEST_DATABASE_URL"\)/;
/** Programs of their own, of which tests take only some parts that need no server. */
const PROGRAMS = ["tests/bench/", "tests/mutation/"];

/** Test files that reach, by imports between tests, one that looks for a server; by path. */
export async function serverTests(): Promise<string[]> {
  const sources = await readSources("tests");
  const byPath = new Map(sources.map((source) => [source.path, source]));
  return sources.map(({ path }) => path)
    .filter((path) => path.endsWith("_test.ts"))
    .filter((path) => reachedFrom(path, byPath).some((source) => looksForServer(source)));
}

const looksForServer = ({ path, text }: Source): boolean =>
  LOOKS.test(text) && !PROGRAMS.some((program) => path.startsWith(program));

function reachedFrom(path: string, byPath: ReadonlyMap<string, Source>): Source[] {
  const reached = new Set([path]);
  // A set goes on over what is added meanwhile.
  for (const from of reached) {
    for (const { from: named } of importsOf(byPath.get(from)?.text ?? "")) {
      const to = resolveImport(from, named);
      if (to !== undefined && byPath.has(to)) reached.add(to);
    }
  }
  return [...reached].flatMap((it) => byPath.get(it) ?? []);
}

if (import.meta.main) {
  await Deno.stdout.write(new TextEncoder().encode(`${(await serverTests()).join("\n")}\n`));
}
