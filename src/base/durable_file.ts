/** Files whose loss would hurt: whole and on the disk before anybody goes on, or not there at all. */
import { dirname } from "node:path";

/** For its owner only. */
const PRIVATE = { mode: 0o600 };

/** Puts `text` in the place of what is at `path`, if anything is. */
export async function writeDurably(path: string, text: string): Promise<void> {
  const aside = `${path}.new`;
  await Deno.writeTextFile(aside, text, PRIVATE);
  await syncPath(aside);
  await Deno.rename(aside, path);
  await syncPath(dirname(path));
}

/** Makes the file unless there is one: of two processes that come at once, one has made it. */
export async function createDurably(path: string, text: string): Promise<void> {
  const aside = `${path}.${crypto.randomUUID()}`;
  await Deno.writeTextFile(aside, text, { ...PRIVATE, createNew: true });
  try {
    await syncPath(aside);
    await Deno.link(aside, path);
  } catch (error) {
    if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
  } finally {
    await Deno.remove(aside);
  }
  await syncPath(dirname(path));
}

/** Waits until a file, or the names in a folder, are on the disk. */
export async function syncPath(path: string): Promise<void> {
  // Windows opens no folders, and lets nobody sync what is open for reading.
  if (Deno.build.os === "windows") return;
  using file = await Deno.open(path);
  await file.sync();
}
