/** What commands ask of the process that has the folder, and what comes of it where none answers. */
import { assertEquals, assertRejects } from "@std/assert";
import { FolderInUse } from "../../src/pictures/cache/cache_folder.ts";
import { parseCommand, type PicturesWorld } from "../../src/pictures/cli.ts";
import { askOwner } from "../../src/pictures/folder_asks.ts";
import { until } from "../bot/until.ts";
import { picturesTest, served } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

picturesTest(
  "process that has the folder sweeps when it is asked, and tells its figures",
  async (room) => {
    room.server.on("/cat", { body: jpeg() });
    const pictures = await room.open({ asks_ms: 1, keep_stale_ms: 0 });
    const { path } = served(await pictures.get(room.at("/cat")));
    const told = await askOwner(room.folder, "readings", 10_000);
    assertEquals([told?.pid, told?.answer.miss, told?.answer.pictures], [Deno.pid, 1, 1]);
    await pictures.close();
    const then = new Date(Date.now() - 9 * 86_400_000);
    await Deno.utime(path, then, then);
    await room.open({ asks_ms: 1, keep_stale_ms: 0 });
    const asked = await Promise.all([1, 2].map(() => askOwner(room.folder, "sweep", 10_000)));
    assertEquals(asked.map((it) => it?.answer.left), [0, 0]);
    assertEquals(asked.reduce((sum, it) => sum + (it?.answer.swept ?? 0), 0), 1);
    assertEquals([...Deno.readDirSync(`${room.folder}/asks`)], []);
  },
);

picturesTest("sweep that nobody answers says who has the folder", async (room) => {
  await room.open({ asks_ms: 1_000_000 });
  assertEquals(await askOwner(room.folder, "sweep", 1), null);
  assertEquals([...Deno.readDirSync(`${room.folder}/asks`)], []);
  const run = parseCommand(["sweep"]);
  if (typeof run !== "function") throw new Error("Expected a command");
  const world: PicturesWorld = {
    ...{ folder: room.folder, ttl_ms: 1, print: () => {}, onProgress: () => {} },
    open: () => room.open(),
    ask: () => Promise.resolve(null),
  };
  await assertRejects(() => run(world), FolderInUse, `process ${Deno.pid} owns it`);
});

picturesTest("second process does without the folder, and has it once it is free", async (room) => {
  room.server.on("/cat", { body: jpeg() });
  const first = await room.open({ asks_ms: 1_000_000 });
  const second = await room.open({ yields: true, maintenance_ms: 1, asks_ms: 1 });
  const picture = served(await second.get(room.at("/cat")));
  assertEquals([picture.cached, await second.read(picture)], [false, jpeg()]);
  // Whoever has it is asked, and the other stays silent.
  assertEquals(await askOwner(room.folder, "sweep", 100), null);
  await first.close();
  await until("the folder is the second one's", async () => {
    const got = served(await second.get(room.at("/cat")));
    return got.cached;
  });
});
