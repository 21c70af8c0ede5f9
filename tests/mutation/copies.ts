/** Copies of the project, in which code may be changed. */

/** Below the project's root; ignored by git. */
export const FOLDER = "data/mutation";
/** What is no part of the project, or is too large and not needed. */
const LEFT_OUT = new Set([".git", "data", "coverage", "node_modules", ".env"]);

/** Makes fresh copies of the working tree, and says where; those of a run that crashed are removed. */
export async function makeCopies(count: number): Promise<string[]> {
  await removeCopies();
  const paths = Array.from({ length: count }, (_, at) => `${FOLDER}/copy_${at}`);
  for (const path of paths) await copyFolder(".", path);
  return paths;
}

/** Removes every copy. */
export async function removeCopies(): Promise<void> {
  await Deno.mkdir(FOLDER, { recursive: true });
  for (const { name } of await Array.fromAsync(Deno.readDir(FOLDER))) {
    if (name.startsWith("copy_")) await Deno.remove(`${FOLDER}/${name}`, { recursive: true });
  }
}

/** Runs `work` while `path` holds `text` in the copy, and puts back what it held. */
export async function withChange<T>(
  copy: string,
  { path, text }: { path: string; text: string },
  work: () => Promise<T>,
): Promise<T> {
  const before = await Deno.readTextFile(`${copy}/${path}`);
  await Deno.writeTextFile(`${copy}/${path}`, text);
  try {
    return await work();
  } finally {
    await Deno.writeTextFile(`${copy}/${path}`, before);
  }
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (LEFT_OUT.has(name)) continue;
    if (isDirectory) await copyFolder(`${from}/${name}`, `${to}/${name}`);
    else await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
  }
}
