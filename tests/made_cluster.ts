/** A cluster of the embedded database that is there already: to make one takes seconds of a core. */
import { cp } from "node:fs/promises";
import { openDatabase } from "../src/store/open_database.ts";
import { imageName, IMAGES } from "./test_engine.ts";

const MADE = new URL(`${imageName}/`, IMAGES);

/** Puts a cluster without tables into `folder`, as if a database had been opened there once. */
export async function placeCluster(folder: string): Promise<void> {
  const made = await Deno.stat(MADE).catch(() => null);
  if (made === null) await makeOnce();
  await cp(MADE, folder, { recursive: true });
}

/** Under a name of its own first, since others may look for it at the same time. */
async function makeOnce(): Promise<void> {
  await Deno.mkdir(IMAGES, { recursive: true });
  const unfinished = new URL(`${crypto.randomUUID()}.unfinished/`, IMAGES);
  await (await openDatabase({ folder: unfinished.pathname })).close();
  await Deno.rename(unfinished, MADE).catch(async (error) => {
    if (await Deno.stat(MADE).catch(() => null) === null) throw error;
    await Deno.remove(unfinished, { recursive: true });
  });
}
