import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { createDurably, writeDurably } from "../../src/base/durable_file.ts";

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

/** Notes, from now on, what is synced: files and folders by size and kind. */
function watchSyncs(): Disposable & { synced: string[] } {
  const { sync } = Deno.FsFile.prototype;
  const synced: string[] = [];
  Deno.FsFile.prototype.sync = async function (this: Deno.FsFile) {
    const { isDirectory, size } = await this.stat();
    synced.push(isDirectory ? "folder" : `${size} bytes`);
    await sync.call(this);
  };
  return { synced, [Symbol.dispose]: () => void (Deno.FsFile.prototype.sync = sync) };
}

function fileTest(name: string, test: (folder: string) => Promise<void>) {
  Deno.test(name, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(folder);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

const onUnix = Deno.build.os !== "windows";

fileTest("file is replaced as a whole, by one for its owner only", async (folder) => {
  const path = `${folder}/file`;
  await Deno.writeTextFile(path, "a long text from before", { mode: 0o644 });
  await writeDurably(path, "new");
  assertEquals(await Deno.readTextFile(path), "new");
  if (onUnix) assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
  assertEquals(names(folder), ["file"]);
});

fileTest("file and then its name are on the disk before anybody goes on", async (folder) => {
  using disk = watchSyncs();
  await writeDurably(`${folder}/file`, "four");
  await createDurably(`${folder}/other`, "seven!!");
  const both = ["4 bytes", "folder", "7 bytes", "folder"];
  assertEquals(disk.synced, onUnix ? both : []);
});

fileTest("file stays as it was where a new one cannot be written", async (folder) => {
  const path = `${folder}/file`;
  await writeDurably(path, "old");
  await Deno.mkdir(`${path}.new`);
  await assertRejects(() => writeDurably(path, "new"));
  assertEquals(await Deno.readTextFile(path), "old");
});

fileTest("of many who make one file at once, one does, and all find the same", async (folder) => {
  const path = `${folder}/key`;
  const found = await Promise.all(Array.from({ length: 20 }, async (_, i) => {
    await createDurably(path, `key ${i}`);
    return await Deno.readTextFile(path);
  }));
  await createDurably(path, "late");
  const [first = ""] = found;
  assertMatch(first, /^key \d+$/);
  assertEquals(new Set([...found, await Deno.readTextFile(path)]), new Set([first]));
  assertEquals(names(folder), ["key"]);
});
