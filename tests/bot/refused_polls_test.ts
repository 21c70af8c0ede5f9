/** What the program says of itself while Telegram gives it no updates. */
import { assertEquals, assertMatch } from "@std/assert";
import { openApi } from "../../src/telegram/api.ts";
import { startBot } from "./bot_process.ts";
import { askHealth, freePort } from "./ask_health.ts";
import { processTest, stop, WAIT } from "./process_place.ts";
import { until } from "./until.ts";

processTest("health is failing while every poll is refused, from the first on", async (place) => {
  const { emulator, environment } = place;
  const port = freePort();
  const fault = { method: "getUpdates", times: 1 } as const;
  emulator.fault({ ...fault, kind: "answer", body: "<html>Sign in</html>" });
  emulator.fault({ ...fault, times: 1_000_000, kind: "status", status: 502 });
  const refused = () =>
    emulator.calls().filter(({ ok, method }) => !ok && method === "getUpdates").length;
  await using bot = startBot({ ...environment, HTTP_PORT: String(port) });
  await bot.working();
  await until("polls were refused", () => refused() > 1, WAIT.timeout_ms);
  assertEquals(await askHealth(port), { status: 503, said: "failing" });
  emulator.clearFaults();
  await until("it is well", async () => (await askHealth(port))?.status === 200, 40_000, 100);
  await stop(bot);
}, { on: "folder" });

processTest(
  "webhook on the token ends the bot with 78, unless it may be deleted",
  async (place) => {
    const { emulator, environment, maker } = place;
    const api = openApi({ token: emulator.token, root: emulator.root });
    const set = () => api.setWebhook("http://127.0.0.1:9/whose");
    await set();
    await using bot = startBot(environment);
    const { code, said } = await bot.end();
    assertEquals(code, 78);
    assertMatch(said, /^Telegram sends the updates of BOT_TOKEN to a webhook \(127\.0\.0\.1:9\)/m);
    await maker.say("/start");
    await using deleting = startBot({ ...environment, DELETE_WEBHOOK: "1" });
    await maker.until(({ from }) => from?.id === emulator.bot.id, WAIT);
    assertEquals((await api.getWebhookInfo()).url, "");
    await set();
    assertEquals((await deleting.end()).code, 78);
  },
  { on: "folder" },
);
