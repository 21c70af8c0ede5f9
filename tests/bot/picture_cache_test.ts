/** The bot has the cache of pictures from the web while it works, and commands go beside it. */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { freePort } from "./ask_health.ts";
import { startBot } from "./bot_process.ts";
import { processTest, stop } from "./process_place.ts";

const ROOT = new URL("../../", import.meta.url);

/** `deno task pictures …` on this folder. */
async function pictures(DATA_DIR: string, command: string) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "-P=pictures", "src/pictures.ts", command],
    cwd: ROOT,
    env: { DATA_DIR, REDIS_URL: "", BOT_TOKEN: "", DATABASE_URL: "", PII_KEY: "" },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out ?? "", err: err ?? "" };
}

processTest(
  "bot sweeps its pictures when it is asked, and gives them back when it ends",
  async ({ environment }) => {
    const { DATA_DIR = "" } = environment;
    await using bot = startBot(environment);
    await bot.working();
    const { code, out } = await pictures(DATA_DIR, "sweep");
    assertEquals([code, out], [0, `Process ${bot.pid} swept 0 pictures; 0 are left.\n`]);
    const stats = await pictures(DATA_DIR, "stats");
    assertStringIncludes(stats.out, "image_cache: 0 pictures, 0 bytes\n");
    assertStringIncludes(stats.out, `Process ${bot.pid} has it, and since its start:\n`);
    await stop(bot);
    // What is popular is told to the next start.
    assertEquals(Deno.readTextFileSync(`${DATA_DIR}/image_cache/popular.json`), "[]");
    assertEquals((await pictures(DATA_DIR, "sweep")).out, "Swept 0 pictures; 0 are left.\n");
  },
  { on: "folder" },
);

processTest("bot whose Redis is away works, and says so without its password", async (place) => {
  const REDIS_URL = `redis://ada:open-sesame@127.0.0.1:${freePort()}/0`;
  await using bot = startBot({ ...place.environment, REDIS_URL });
  await bot.working();
  bot.kill("SIGTERM");
  const { code, said } = await bot.end();
  assertEquals(code, 0);
  assert(said.includes("Redis cannot be used"), said);
  assertFalse(said.includes("sesame"), said);
}, { on: "folder" });

processTest(
  "bot whose REDIS_URL is no such address names it, and not its password",
  async (place) => {
    await using bot = startBot({ ...place.environment, REDIS_URL: "redis://:open-sesame@h/users" });
    const { code, said } = await bot.end();
    assertEquals(code, 78);
    assertStringIncludes(
      said,
      "Cannot start: REDIS_URL looks like redis://user:password@host:6379/0",
    );
    assertFalse(said.includes("sesame"), said);
  },
  { on: "folder" },
);
