/** An engine in memory for tests: the first that is made leaves an image of itself to all others. */
import { type Engine, openEngine } from "../src/store/embedded/engine.ts";
import { needs } from "./permissions.ts";

/** What was made once for all tests. */
export const IMAGES = new URL("../data/test_engine/", import.meta.url);
const [, version = ""] = /pglite[@/]([\w.-]+)/.exec(import.meta.resolve("@electric-sql/pglite")) ??
  [];
/** Another version cannot open it. */
export const imageName = `pglite_${version}`;
const IMAGE = new URL(`${imageName}.tar`, IMAGES);

/** Empty, but for what a cluster has at first. */
export async function openTestEngine(): Promise<Engine> {
  if (needs({ name: "read" }, { name: "write" }) !== "") return await openEngine();
  const image = await Deno.readFile(IMAGE).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  });
  if (image) return await openEngine(undefined, new Blob([image]));
  const engine = await openEngine();
  await keep(await engine.image());
  return engine;
}

/** Under a name of its own first, since others may look for it at the same time. */
async function keep(image: Blob): Promise<void> {
  await Deno.mkdir(IMAGES, { recursive: true });
  const unfinished = new URL(`${crypto.randomUUID()}.unfinished`, IMAGES);
  await Deno.writeFile(unfinished, image.stream());
  await Deno.rename(unfinished, IMAGE);
}
