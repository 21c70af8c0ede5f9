/** Which of the project's files imports which. */
import { importsOf, resolveImport, type Source } from "./source_files.ts";

/** By path, the files that each imports. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/** Which file imports which. */
export function graphOf(sources: readonly Source[]): Graph {
  return new Map(sources.map(({ path, text }) => [
    path,
    importsOf(text).flatMap(({ from }) => resolveImport(path, from) ?? []),
  ]));
}

/** The file itself and all that it imports, at whatever distance. */
export function reachedFrom(start: string, graph: Graph): ReadonlySet<string> {
  const reached = new Set([start]);
  // A Set's iterator comes to what is added meanwhile as well.
  for (const path of reached) graph.get(path)?.forEach((next) => reached.add(next));
  return reached;
}
