import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needs } from "../permissions.ts";
import { permissions, picturesTest, type Room } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

const reason = permissions || needs({ name: "run" });
const script = new URL("../../src/pictures.ts", import.meta.url).href;
const config = new URL("../../deno.json", import.meta.url).pathname;

const command = [Deno.execPath(), "run", "-q", "-P=pictures", "--config", config, script];

/** `deno task pictures …` in the room's data folder, as it is called. */
function pictures(room: Room, args: readonly string[], ttl_seconds = 1_000) {
  return run(room, [...command, ...args], ttl_seconds);
}

async function run(room: Room, [name = "", ...args]: readonly string[], ttl_seconds = 1_000) {
  const folder = room.folder.replace(/\/image_cache$/, "");
  const { code, stdout, stderr } = await new Deno.Command(name, {
    args,
    cwd: folder,
    env: {
      ...{ DATA_DIR: folder, DATABASE_URL: "", HTTP_PORT: "", NO_COLOR: "1", LOG_LEVEL: "" },
      IMAGE_ALLOW_HOSTS: `127.0.0.1:${room.server.port}`,
      IMAGE_CACHE_TTL_SECONDS: String(ttl_seconds),
    },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout), err: text(stderr) };
}

picturesTest("command fetches pictures, and has them when their server is off", async (room) => {
  const paths = ["/a", "/b", "/c"];
  for (const path of paths) room.server.on(path, { body: jpeg(5_000) });
  const get = async () => {
    const { code, out, err } = await pictures(room, ["get", ...paths.map(room.at)]);
    return { out, is: { code, err, kinds: [...out.match(/^\w+(?=: http)/gm) ?? []] } };
  };
  const all = (kind: string) => ({ code: 0, err: "", kinds: [kind, kind, kind] });
  const first = await get();
  assertEquals(first.is, all("fetched"));
  assertMatch(
    first.out,
    /image_cache\/[0-9a-f]{32}\.jpg {2}jpg 16×12, [\d,]+ bytes, sha256 [0-9a-f]{64}/,
  );
  await room.server.close();
  assertEquals((await get()).is, all("fresh"));
  await ageAll(room);
  const stale = await get();
  assertEquals(stale.is, all("stale"));
  assertEquals(stale.out.match(/^ {2}Cannot fetch http:[^ ]+\/[abc]: .+\.$/gm)?.length, 3);
  const stats = await pictures(room, ["stats"]);
  assertStringIncludes(stats.out, "image_cache: 3 pictures, ");
  assertStringIncludes(stats.out, "fresh 0, stale 3\n");
  const swept = await pictures(room, ["sweep"]);
  assertEquals(swept.out, "Swept 0 pictures; 3 are left.\n");
}, reason);

/** Lets every picture of the cache be of the day before yesterday. */
async function ageAll({ folder }: Room): Promise<void> {
  const then = new Date(Date.now() - 2 * 24 * 60 * 60_000);
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".jpg")) await Deno.utime(`${folder}/${name}`, then, then);
  }
}

picturesTest("command shows on a terminal how far it is, and wipes that away", async (room) => {
  const paths = ["/a", "/b", "/c"];
  for (const path of paths) room.server.on(path, { body: jpeg() });
  const line = [...command, "get", ...paths.map(room.at)].map((word) => `'${word}'`).join(" ");
  const { code, out } = await run(room, ["script", "-qec", line, "/dev/null"]);
  assertEquals(code, 0);
  const [bar = "", rest = ""] = out.split("\r\x1b[K");
  assertEquals(bar.match(/\d of 3/g), ["1 of 3", "2 of 3"]);
  assertMatch(rest, /^fetched: http/);
}, reason || whyNoTerminal());

/** Why there can be no terminal to look at; "" when there can. */
function whyNoTerminal(): string {
  try {
    const { success } = new Deno.Command("script", { args: ["-qec", "true", "/dev/null"] })
      .outputSync();
    return success ? "" : "needs script to make a terminal";
  } catch {
    return "needs script";
  }
}

picturesTest("command says in one sentence each why it refuses", async (room) => {
  const urls = ["http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://localhost/"];
  const { code, out, err } = await pictures(room, ["get", ...urls]);
  const lines = out.trimEnd().split("\n");
  assertEquals([code, err, lines.length], [1, "", 3]);
  for (const line of lines) assertMatch(line, /^refused \(blocked_address\): [^.]+.*loopback.*\.$/);
  assertEquals(room.server.connections(), 0);
}, reason);

picturesTest("command is told how it is used", async (room) => {
  for (const args of [[], ["get"], ["stats", "now"], ["paint"], ["stats", "--all"]]) {
    const { code, err } = await pictures(room, args);
    assertEquals([args, code], [args, 64]);
    assertStringIncludes(err, "Usage: deno task pictures <command>");
  }
  const { code, err } = await pictures(room, ["stats"], 0);
  assertEquals(code, 78);
  assertStringIncludes(err, "IMAGE_CACHE_TTL_SECONDS");
}, reason);

picturesTest(
  "commands go beside a process that has the cache, which sweeps for them",
  async (room) => {
    room.server.on("/cat", { body: jpeg() });
    const running = await room.open();
    await running.get(room.at("/cat"));
    const stats = await pictures(room, ["stats"]);
    assertEquals(stats.code, 0);
    assertStringIncludes(stats.out, "image_cache: 1 picture, ");
    assertStringIncludes(stats.out, `Process ${Deno.pid} has it, and since its start:\n  miss 1\n`);
    const { code, out } = await pictures(room, ["sweep"]);
    assertEquals([code, out], [0, `Process ${Deno.pid} swept 0 pictures; 1 are left.\n`]);
    const { code: refused, err } = await pictures(room, ["get", room.at("/cat")]);
    assertEquals(refused, 69);
    assert(err.includes(`process ${Deno.pid} owns it`), err);
  },
  reason,
);
