/** The folder of the cache as it is found: one owner, no leftovers, nothing foreign. */
import { ExitError } from "../../base/exit_error.ts";
import { requireFolder } from "../../base/unfit_folder.ts";
import { join } from "node:path";
import { readName, readSidecar, type Sidecar } from "./sidecar.ts";

/** Thrown when another process owns the folder. */
export class FolderInUse extends ExitError {
  override name = "FolderInUse";
  readonly exit_code = 69;
}

/** A picture whose sidecar and file agree, as far as can be told without reading it. */
export interface CachedPicture {
  sidecar: Sidecar;
  path: string;
  mtime_ms: number;
  atime_ms: number;
}

const AT_ONCE = 32;

/** Makes the folder and locks it for this process, however that ends. Throws FolderInUse, UnfitFolder. */
export function lockCache(folder: string): Disposable {
  requireFolder(folder);
  const path = join(folder, "lock");
  const file = Deno.openSync(path, { read: true, write: true, create: true });
  if (!file.tryLockSync(true)) {
    file.close();
    const owner = Deno.readTextFileSync(path).trim() || "another one";
    throw new FolderInUse(
      `Cannot use ${folder}: process ${owner} owns it. Stop that or choose another DATA_DIR.`,
    );
  }
  file.truncateSync();
  file.writeSync(new TextEncoder().encode(`${Deno.pid}\n`));
  return { [Symbol.dispose]: () => file.close() };
}

/** Whether a process has the folder; changes nothing there. */
export function isHeld(folder: string): boolean {
  try {
    using file = Deno.openSync(join(folder, "lock"), { read: true, write: true });
    return !file.tryLockSync(true);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/**
 * All pictures of the folder, the longest unused first. With `mend`, what a killed process left
 * behind is removed, and so are files of our names that we cannot have written; the name of each
 * must be what `nameOf` makes of its URL.
 */
export async function scanFolder(
  folder: string,
  nameOf: (url: string) => string,
  { mend }: { mend: boolean },
): Promise<CachedPicture[]> {
  const found: CachedPicture[] = [];
  const stray = new Set<string>();
  const names = new Map<string, string[]>();
  for await (const { name: file } of Deno.readDir(folder)) {
    const ours = readName(file);
    if (ours) names.set(ours.name, [...names.get(ours.name) ?? [], ours.ending]);
    else if (file.startsWith("tmp-")) stray.add(file);
  }
  const queue = [...names];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = queue.pop(); next; next = queue.pop()) {
      const [name, endings] = next;
      const picture = endings.includes("json") ? await readPair(folder, name) : null;
      const ours = picture !== null && nameOf(picture.sidecar.url) === name;
      if (ours) found.push(picture);
      for (const ending of endings) {
        if (!ours || ![picture.sidecar.type, "json"].includes(ending)) {
          stray.add(`${name}.${ending}`);
        }
      }
    }
  }));
  if (mend) await Promise.allSettled([...stray].map((file) => Deno.remove(join(folder, file))));
  return found.sort((a, b) => usedAt(a) - usedAt(b));
}

const usedAt = ({ mtime_ms, atime_ms }: CachedPicture) => Math.max(mtime_ms, atime_ms);

async function readPair(folder: string, name: string): Promise<CachedPicture | null> {
  try {
    const sidecar = readSidecar(await Deno.readTextFile(join(folder, `${name}.json`)));
    if (sidecar === null) return null;
    const path = join(folder, `${name}.${sidecar.type}`);
    const { size, mtime, atime, isFile } = await Deno.lstat(path);
    if (!isFile || size !== sidecar.size || mtime === null) return null;
    return { sidecar, path, mtime_ms: mtime.getTime(), atime_ms: atime?.getTime() ?? 0 };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
