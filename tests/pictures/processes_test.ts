import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { needs } from "../database.ts";
import { landed, permissions, picturesTest, type Room } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";
import { onTmpfs, whyNoTmpfs } from "./tmpfs.ts";

const reason = permissions || needs({ name: "run" });
const fetcher = new URL("./processes/fetcher.ts", import.meta.url).pathname;
const root = new URL("../../deno.json", import.meta.url).pathname;

/** A process of its own that fetches `count` pictures from the room's server. */
function command(room: Room, count: number, ...more: string[]): string[] {
  const job = { folder: room.folder, origin: room.server.origin, count };
  return [
    ...[Deno.execPath(), "run", "-q", "-P=test", "--config", root, ...more],
    ...[fetcher, JSON.stringify(job)],
  ];
}

async function outcome(run: Deno.Command) {
  const { code, stdout, stderr } = await run.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, err: text(stderr), lines: text(stdout).trim().split("\n") };
}

/** Different ones, so that a file is nobody else's. */
function serve(room: Room, count: number, size: number, delay_ms = 0): void {
  for (let i = 0; i < count; i++) room.server.on(`/${i}`, { body: jpeg(size, i), delay_ms });
}

picturesTest("process that closed its pictures ends by itself", async (room) => {
  serve(room, 5, 5_000);
  const [path = "", ...args] = command(room, 5);
  const begin_ms = performance.now();
  const { code, err, lines } = await outcome(new Deno.Command(path, { args }));
  assertEquals([code, err], [0, ""]);
  assertEquals(lines.length, 5);
  assert(performance.now() - begin_ms < 20_000);
}, reason);

picturesTest("process that is killed while it writes leaves no broken picture", async (room) => {
  const count = 200;
  serve(room, count, 200_000, 1);
  for (let killing = 0; killing < 3; killing++) {
    const [path = "", ...args] = command(room, count);
    const child = new Deno.Command(path, { args, stdout: "null", stderr: "null" }).spawn();
    const asked = room.server.asked.length;
    while (room.server.asked.length < asked + 40) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill("SIGKILL");
    await child.status;
  }
  const before = [...Deno.readDirSync(room.folder)].map(({ name }) => name);
  const pictures = await room.open();
  assertEquals([...Deno.readDirSync(room.folder)].filter(({ name }) => /^tmp-/.test(name)), []);
  let fresh = 0;
  for (let i = 0; i < count; i++) {
    const picture = landed(await pictures.get(room.at(`/${i}`)));
    if (picture.from === "fresh") fresh += 1;
    assertEquals(await pictures.read(picture), jpeg(200_000, i));
  }
  assert(fresh > 0 && before.length > 0, `${fresh} of ${before.length} files survived`);
}, reason);

picturesTest("full disk gives up the oldest pictures and takes the new ones", async (room) => {
  serve(room, 60, 60_000);
  await Deno.mkdir(room.folder, { recursive: true });
  const { code, err, lines } = await outcome(onTmpfs("1m", room.folder, command(room, 60)));
  assertEquals([code, err], [0, ""]);
  assertEquals(lines.filter((line) => line.startsWith("fetched true")).length, 60);
}, reason || whyNoTmpfs());

picturesTest(
  "folder that may not be written is told once, and pictures come all the same",
  async (room) => {
    serve(room, 5, 5_000);
    const [path = "", ...args] = command(room, 5, `--deny-write=${room.folder}`);
    const { code, err, lines } = await outcome(new Deno.Command(path, { args }));
    assertEquals(code, 0, err);
    assertEquals(lines.filter((line) => line.startsWith("fetched false")).length, 5);
    assertEquals(err.split("Cannot write").length - 1, 1, err);
    assertStringIncludes(err, "pictures are served without a cache");
  },
  reason,
);
