import { assertEquals } from "@std/assert";
import { needs } from "../permissions.ts";
import { startFaultServer } from "../pictures/fault_server.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { beginIssue } from "./issue_by_chat.ts";
import { makeWebFiles, type WebFile } from "./web_files.ts";

type Verdicts = Record<string, "opened" | "refused">;

/** Which of the files `pictures get` opens, as a command of its own. */
async function judgeByCommand(files: Record<string, WebFile>): Promise<Verdicts> {
  await using server = await startFaultServer();
  const urls = Object.values(files).map(({ bytes }, i) => {
    server.on(`/${i}`, { body: bytes, headers: { "content-type": "image/jpeg" } });
    return `${server.origin}/${i}`;
  });
  const folder = await Deno.makeTempDir();
  try {
    const script = new URL("../../src/pictures.ts", import.meta.url).href;
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-P=pictures", "--config", config, script, "get", ...urls],
      cwd: folder,
      env: {
        ...{ DATA_DIR: folder, DATABASE_URL: "", HTTP_PORT: "", NO_COLOR: "1", LOG_LEVEL: "" },
        IMAGE_ALLOW_HOSTS: `127.0.0.1:${server.port}`,
      },
    }).output();
    const said = new TextDecoder().decode(stdout).match(/^\w+(?=: http| \()/gm) ?? [];
    return Object.fromEntries(
      Object.keys(files).map((name, i) => [name, said[i] === "fetched" ? "opened" : "refused"]),
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Which of them a maker may send for a card, as files. */
async function judgeByChat(world: BotWorld, files: Record<string, WebFile>): Promise<Verdicts> {
  const { maker } = world;
  const verdicts: Verdicts = {};
  const kept = async () => (await world.facts("PhotoKept")).length;
  await beginIssue(world);
  for (const [name, { bytes }] of Object.entries(files)) {
    const before = await kept();
    await maker.document(bytes, { file_name: "photo.jpg", mime_type: "image/jpeg" });
    await world.settled();
    const opened = await kept() > before;
    verdicts[name] = opened ? "opened" : "refused";
    if (!opened) continue;
    await maker.say("/cancel");
    await world.settled();
    await beginIssue(world);
  }
  return verdicts;
}

botTest("file is a picture from the web exactly when it is one from a chat", async (world) => {
  const files = await makeWebFiles();
  const expected: Verdicts = Object.fromEntries(
    Object.entries(files).map(([name, { opens }]) => [name, opens ? "opened" : "refused"]),
  );
  assertEquals(await judgeByCommand(files), expected);
  assertEquals(await judgeByChat(world, files), expected);
}, { ignored: needs({ name: "run" }, { name: "write" }) });
