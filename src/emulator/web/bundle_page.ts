/**
 * Bundles the web chat: `deno task page`. The bundle is kept with the sources, so that starting
 * needs no bundler, nor the network it comes from; its first line tells which sources it is of.
 */
const WEB = new URL("./", import.meta.url);
const BUNDLE = new URL("page.bundle.js", WEB);
/** Where the page's own sources are. */
const ROOMS = ["live", "parts", "chat", "page"] as const;

/** The first line of a bundle of today's sources. */
export async function pageStamp(): Promise<string> {
  const names = (await Promise.all(ROOMS.map(sourcesIn))).flat();
  const texts = await Promise.all(
    names.toSorted().map(async (name) => `${name}\n${await Deno.readTextFile(new URL(name, WEB))}`),
  );
  const lock = await Deno.readTextFile(new URL("../../../deno.lock", import.meta.url));
  const preact = /"preact@[^"]+": \{\s*"integrity": "[^"]+"/.exec(lock)?.[0] ?? "";
  const bytes = new TextEncoder().encode([...texts, preact].join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return `// Made by "deno task page" of the sources with the sum ${digest.toHex()}.`;
}

async function sourcesIn(room: string): Promise<string[]> {
  const names = [];
  for await (const { name } of Deno.readDir(new URL(`${room}/`, WEB))) {
    if (/\.tsx?$/.test(name)) names.push(`${room}/${name}`);
  }
  return names;
}

/** The first line of the bundle that is kept. */
export async function bundleStamp(): Promise<string> {
  return (await Deno.readTextFile(BUNDLE)).split("\n", 1)[0] ?? "";
}

async function bundlePage(): Promise<void> {
  const { success, errors, outputFiles = [] } = await Deno.bundle({
    entrypoints: [new URL("page/page.tsx", WEB).pathname],
    platform: "browser",
    minify: true,
    write: false,
  });
  const text = outputFiles[0]?.text();
  if (!success || text === undefined) {
    throw new Error(`Cannot bundle the page: ${errors.map((error) => error.text).join("; ")}`);
  }
  await Deno.writeTextFile(BUNDLE, `${await pageStamp()}\n${text}`);
}

if (import.meta.main) await bundlePage();
