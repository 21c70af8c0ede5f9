/** The rooms whose code is changed, and whose tests must notice. */

/** A room, and the folders and files of the tests that hold it. */
export interface Room {
  name: string;
  tests: readonly string[];
}

/** What is measured unless rooms are named. */
export const MEASURED = ["machines", "src/runtime", "src/store", "src/projections"];

/** Tests of a room that are not in the folder that mirrors it, and do not take too long. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  "machines": ["tests/flows/complete_test.ts", "tests/pinned"],
  "src/projections": ["tests/flows/projections_test.ts"],
  "src/flows": ["tests/pinned"],
};

/** A room by its folder, with or without `src/`. */
export async function roomOf(folder: string): Promise<Room> {
  const name = await isFolder(folder) ? folder : `src/${folder}`;
  const mirror = `tests/${name.replace(/^src\//, "")}`;
  return { name, tests: [mirror, ...ELSEWHERE[name] ?? []] };
}

/** The paths of every file below a folder whose name ends so, in order; of a file, its own. */
export async function filesBelow(folder: string, ending: string): Promise<string[]> {
  if (!await isFolder(folder)) return [folder];
  const names = await Array.fromAsync(Deno.readDir(folder));
  const below = await Promise.all(names.map(({ name, isDirectory }) => {
    const path = `${folder}/${name}`;
    if (isDirectory) return filesBelow(path, ending);
    return name.endsWith(ending) ? [path] : [];
  }));
  return below.flat().toSorted();
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
