import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { until } from "../bot/until.ts";
import { needs } from "../permissions.ts";
import { permissions, picturesTest, type Room, served } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";
import { onTmpfs, whyNoTmpfs } from "./tmpfs.ts";

const reason = permissions || needs({ name: "run" });
const fetcher = new URL("./processes/fetcher.ts", import.meta.url).pathname;
/** For a process that must end by itself; a machine may be busy. */
const ENDS_MAX_MS = 120_000;
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
  const signal = AbortSignal.timeout(ENDS_MAX_MS);
  const { code, err, lines } = await outcome(new Deno.Command(path, { args, signal }));
  assertEquals([code, err], [0, ""]);
  assertEquals(lines.length, 5);
}, reason);

picturesTest("tour shows what the README promises", async () => {
  const tour = new URL("./tour.ts", import.meta.url).pathname;
  const args = ["run", "-q", "-P=test", "--config", root, tour];
  const { code, err, lines } = await outcome(new Deno.Command(Deno.execPath(), { args }));
  assertEquals([code, err], [0, ""]);
  const kinds = lines.flatMap((line) => /^(\w+)(?=: http| \()/.exec(line)?.[0] ?? []);
  const each = <T>(kind: T) => [kind, kind, kind];
  assertEquals(kinds, ["fetched", "fresh", "stale", "refused"].flatMap(each));
  const refusals = lines.filter((line) => line.startsWith("refused (blocked_address): Cannot "));
  assertEquals(refusals.map((line) => line.includes("is not public but loopback")), each(true));
  assertEquals(lines.at(-1), "3 connections were made, none of them by the last three.");
}, reason);

picturesTest("process that is killed while it writes leaves no broken picture", async (room) => {
  const count = 200;
  serve(room, count, 200_000, 1);
  for (let killing = 0; killing < 3; killing++) {
    const [path = "", ...args] = command(room, count);
    const child = new Deno.Command(path, { args, stdout: "null", stderr: "null" }).spawn();
    const asked = room.server.asked.length;
    await until("40 more are asked for", () => room.server.asked.length >= asked + 40);
    child.kill("SIGKILL");
    assertEquals((await child.status).signal, "SIGKILL");
  }
  const before = [...Deno.readDirSync(room.folder)].map(({ name }) => name);
  const pictures = await room.open();
  assertEquals([...Deno.readDirSync(room.folder)].filter(({ name }) => /^tmp-/.test(name)), []);
  let fresh = 0;
  for (let i = 0; i < count; i++) {
    const picture = served(await pictures.get(room.at(`/${i}`)));
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
