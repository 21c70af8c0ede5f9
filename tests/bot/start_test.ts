/** How the program starts, where it cannot, and what it says meanwhile. */
import { assertEquals, assertLess, assertMatch, assertStringIncludes } from "@std/assert";
import { askHealth, freePort } from "./ask_health.ts";
import { startBot } from "./bot_process.ts";
import { processTest, stop, WAIT } from "./process_place.ts";
import { until } from "./until.ts";

/** Making a database takes long on a busy machine. */
const BEGIN_MS = 120_000;

processTest("health is starting from the first second, then ok, then failing", async (place) => {
  const { emulator, environment } = place;
  const port = freePort();
  // Without knowing who it is the bot cannot begin.
  emulator.fault({ method: "getMe", times: 2, kind: "status", status: 500 });
  await using bot = startBot({ ...environment, HTTP_PORT: String(port) });
  await until("it is listened", async () => (await askHealth(port)) !== null, WAIT.timeout_ms);
  assertEquals(await askHealth(port), { status: 503, said: "starting" });
  await bot.working();
  await until("it is well", async () => (await askHealth(port))?.status === 200, WAIT.timeout_ms);
  emulator.fault({ method: "getUpdates", times: 1_000, kind: "hang" });
  const begun = performance.now();
  await until(
    "Telegram's silence is told",
    async () => (await askHealth(port))?.status === 503,
    40_000,
  );
  assertLess(performance.now() - begun, 30_000);
  emulator.clearFaults();
  await stop(bot);
}, { on: "folder" });

processTest("bot that is asked to end while it starts ends at once, with 0", async (place) => {
  const { emulator, environment } = place;
  emulator.fault({ method: "getMe", times: 100, kind: "status", status: 500 });
  const starting = async (when: (port: number) => Promise<boolean>) => {
    const port = freePort();
    await using bot = startBot({ ...environment, HTTP_PORT: String(port) });
    await until("it has begun", () => when(port), BEGIN_MS);
    const begun = performance.now();
    bot.kill("SIGTERM");
    const { code, said } = await bot.end();
    assertEquals(code, 0, said);
    assertLess(performance.now() - begun, 5_000);
  };
  // While its database is being made, and while it waits for Telegram.
  await starting(async (port) => (await askHealth(port)) !== null);
  await starting(() => Promise.resolve(emulator.calls().some(({ method }) => method === "getMe")));
  emulator.clearFaults();
  await using bot = startBot(environment);
  await bot.working();
  await stop(bot);
}, { on: "folder", makes_cluster: true });

processTest("port that is taken is named with its variable", async ({ environment }) => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  await using bot = startBot({ ...environment, HTTP_PORT: String(port) });
  const { code, said } = await bot.end();
  assertEquals(code, 69);
  assertEquals(
    said,
    `Cannot listen on port ${port} of 127.0.0.1: another program has it. ` +
      "End that, or set HTTP_PORT to another port (0 takes any free one).",
  );
  await using nowhere = startBot({ ...environment, HTTP_HOST: "192.0.2.1" });
  const refused = await nowhere.end();
  assertEquals(refused.code, 78);
  assertMatch(
    refused.said,
    /192\.0\.2\.1: this machine has no such address\. Correct HTTP_HOST\.$/,
  );
}, { on: "folder" });

processTest("folder that nothing can be kept in ends with 78 and says why", async (place) => {
  const { environment } = place;
  const folder = environment.DATA_DIR ?? "";
  await Deno.writeTextFile(`${folder}/file`, "");
  await Deno.mkdir(`${folder}/broken_key`);
  await Deno.writeTextFile(`${folder}/broken_key/pii.key`, "nonsense\n");
  const tried: readonly (readonly [DATA_DIR: string, why: string])[] = [
    [`${folder}/file`, "there is a file in its place. Choose another DATA_DIR."],
    [`${folder}/file/below`, "there is a file in its place. Choose another DATA_DIR."],
    ["/proc/nowhere", "Deno lets no program write there. Choose another DATA_DIR."],
    [`${folder}/${"x".repeat(300)}`, "its name is too long. Choose another DATA_DIR."],
  ];
  for (const [DATA_DIR, why] of tried) {
    await using bot = startBot({ ...environment, DATA_DIR });
    const { code, said } = await bot.end();
    assertEquals([code, said], [78, `Cannot keep anything in ${DATA_DIR}: ${why}`]);
  }
  await using bot = startBot({ ...environment, PII_KEY: "", DATA_DIR: `${folder}/broken_key` });
  const { code, said } = await bot.end();
  assertEquals(code, 78);
  assertStringIncludes(said, "/broken_key/pii.key: it is not 32 bytes in base64. Restore");
}, { on: "folder" });
