import { join } from "node:path";
import { syncPath } from "../../base/durable_file.ts";
import { ifThere } from "../../base/if_there.ts";
import type { Engine } from "./engine.ts";

/**
 * Opens the cluster in `folder`. A new one is made beside its place and moved there when all of it
 * is on the disk, so that a process killed half-way leaves nothing that looks like a cluster.
 */
export async function openCluster(
  folder: string,
  open: (folder: string) => Promise<Engine>,
): Promise<Engine> {
  const place = join(folder, "cluster");
  if (!await ifThere(Deno.stat(join(place, "PG_VERSION")))) {
    const unfinished = join(folder, "cluster.new");
    await ifThere(Deno.remove(unfinished, { recursive: true }));
    await Deno.mkdir(unfinished, { mode: 0o700 });
    const engine = await open(unfinished);
    await engine.close();
    await syncTree(unfinished);
    await Deno.rename(unfinished, place);
    await syncPath(folder);
  }
  return await open(place);
}

async function syncTree(folder: string): Promise<void> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) await syncTree(path);
    else if (isFile) await syncPath(path);
  }
  await syncPath(folder);
}
