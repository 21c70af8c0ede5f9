/** What the bench compares with is no part of the project: nothing of it is fetched by a program. */
import { assert, assertEquals } from "@std/assert";
import {
  importsOf,
  readSources,
  resolveImport,
  type Source,
  sourceTest,
} from "../../source_files.ts";
import { graphOf, reachedFrom } from "../../source_graph.ts";
import engines from "./packages/deno.json" with { type: "json" };

const FOLDER = "tests/bench/engines/packages/";
/** All that engines import, but postgres.js, which is the project's as well. */
const OWN = Object.values(engines.imports).map((it) => nameOf(it.replace("npm:", "")))
  .filter((name) => name !== "postgres");

sourceTest("no program reaches a test or a bench", async () => {
  const sources = await readAll();
  const programs = sources.map(({ path }) => path).filter((path) => /^src\/[^/]+\.ts$/.test(path));
  assert(programs.includes("src/main.ts"));
  const graph = graphOf(sources);
  const strays = programs.flatMap((program) =>
    [...reachedFrom(program, graph)].filter((path) => path.startsWith("tests/"))
      .map((path) => `${program} … ${path}`)
  );
  assertEquals(strays, []);
});

sourceTest("packages of engines are imported in their folder only", async () => {
  const strays = packagesOf(await readAll())
    .filter(({ path, from }) => !path.startsWith(FOLDER) && OWN.includes(nameOf(from)));
  assertEquals(strays, []);
});

sourceTest("engines' own deno.json names every package that they import", async () => {
  const strays = packagesOf(await readSources(FOLDER.slice(0, -1)))
    .filter(({ from }) => !Object.hasOwn(engines.imports, from));
  assertEquals(strays, []);
});

sourceTest(
  "project's lock names no package of engines, since all it names is fetched",
  async () => {
    const lock = await Deno.readTextFile(new URL("../../../deno.lock", import.meta.url));
    assert(lock.includes('"npm:grammy@'));
    assertEquals(OWN.filter((name) => lock.includes(`"${name}@`)), []);
    assertEquals(OWN.filter((name) => lock.includes(`"npm:${name}@`)), []);
  },
);

async function readAll(): Promise<Source[]> {
  const folders = ["events", "machines", "src", "tests"];
  return (await Promise.all(folders.map((folder) => readSources(folder, [".ts", ".tsx"])))).flat();
}

const packagesOf = (sources: readonly Source[]) =>
  sources.flatMap(({ path, text }) =>
    importsOf(text).filter(({ from }) => resolveImport(path, from) === undefined)
      .filter(({ from }) => !from.startsWith("node:")).map(({ from }) => ({ path, from }))
  );

/** "@std/http" of "@std/http/file-server" and of "@std/http@1". */
function nameOf(from: string): string {
  return /^(?:@[^/]+\/)?[^/@]+/.exec(from)?.[0] ?? from;
}
