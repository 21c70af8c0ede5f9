import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { needs } from "../database.ts";
import { permissions, picturesTest, type Room } from "./given_pictures.ts";
import { jpeg } from "./picture_bytes.ts";

const reason = permissions || needs({ name: "run" });
const script = new URL("../../src/pictures.ts", import.meta.url).href;
const config = new URL("../../deno.json", import.meta.url).pathname;

/** `deno task pictures …` in the room's data folder, as it is called. */
async function pictures(room: Room, args: readonly string[], ttl_seconds = 1_000) {
  const folder = room.folder.replace(/\/image_cache$/, "");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=pictures", "--config", config, script, ...args],
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
  const urls = paths.map(room.at);
  const first = await pictures(room, ["get", ...urls]);
  assertEquals([first.code, first.err], [0, ""]);
  assertEquals(first.out.match(/^fetched: http/gm)?.length, 3);
  assertMatch(
    first.out,
    /image_cache\/[0-9a-f]{32}\.jpg {2}jpg 16×12, [\d,]+ bytes, sha256 [0-9a-f]{64}/,
  );
  await room.server.close();
  const fresh = await pictures(room, ["get", ...urls]);
  assertEquals(fresh.out.match(/^fresh: http/gm)?.length, 3);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const stale = await pictures(room, ["get", ...urls], 1);
  assertEquals([stale.code, stale.err], [0, ""]);
  assertEquals(stale.out.match(/^stale: http/gm)?.length, 3);
  assertEquals(stale.out.match(/the host takes no connections\./g)?.length, 3);
  const stats = await pictures(room, ["stats"]);
  assertStringIncludes(stats.out, "image_cache: 3 pictures, ");
  const swept = await pictures(room, ["sweep"]);
  assertEquals(swept.out, "Swept 0 pictures; 3 are left.\n");
}, reason);

picturesTest("command says in one sentence each why it refuses", async (room) => {
  const urls = ["http://2130706433/", "http://[::ffff:127.0.0.1]/", "http://localhost/"];
  const { code, out, err } = await pictures(room, ["get", ...urls]);
  const lines = out.trimEnd().split("\n");
  assertEquals([code, err, lines.length], [1, "", 3]);
  for (const line of lines) assertMatch(line, /^refused \(blocked_address\): [^.]+.*loopback.*\.$/);
  assertEquals(room.server.connections(), 0);
}, reason);

picturesTest("command is told how it is used", async (room) => {
  for (const args of [[], ["get"], ["stats", "now"], ["paint"]]) {
    const { code, err } = await pictures(room, args);
    assertEquals([args, code], [args, 64]);
    assertStringIncludes(err, "Usage: deno task pictures <command>");
  }
  const { code, err } = await pictures(room, ["stats"], 0);
  assertEquals(code, 78);
  assertStringIncludes(err, "IMAGE_CACHE_TTL_SECONDS");
}, reason);

picturesTest("command leaves a cache alone that is in use", async (room) => {
  await room.open();
  const { code, err } = await pictures(room, ["sweep"]);
  assertEquals(code, 69);
  assert(err.includes(`process ${Deno.pid} owns it`), err);
  assertEquals((await pictures(room, ["stats"])).code, 0);
}, reason);
