/** What the program says of itself while Telegram gives it no updates. */
import type { Fault } from "@amanita/emulator";
import { assertEquals, assertMatch } from "@std/assert";
import { openApi } from "../../src/telegram/api.ts";
import { startBot } from "./bot_process.ts";
import { askHealth, freePort } from "./ask_health.ts";
import { processTest, stop, WAIT } from "./process_place.ts";
import { until } from "./until.ts";

const refusals: readonly Omit<Fault, "method" | "times">[] = [
  { kind: "status", status: 502 },
  { kind: "status", status: 409 },
  { kind: "answer", status: 200, body: "<html>Sign in</html>" },
  { kind: "answer", status: 404, body: "<html>Not here</html>" },
  { kind: "status", status: 429, retry_after: 86_400 },
];
for (const fault of refusals) {
  const what = `${fault.kind} ${fault.status}`;
  processTest(`health is failing while every poll is refused with ${what}`, async (place) => {
    const { emulator, environment } = place;
    const port = freePort();
    const refused = () => emulator.calls().filter(({ ok, method }) => !ok && isPoll(method));
    const isPoll = (method: string) => method === "getUpdates";
    emulator.fault({ method: "getUpdates", times: 1_000_000, ...fault });
    await using bot = startBot({ ...environment, HTTP_PORT: String(port) });
    await bot.working();
    await until("a poll was refused", () => refused().length > 0, WAIT.timeout_ms);
    assertEquals(await askHealth(port), { status: 503, said: "failing" });
    emulator.clearFaults();
    // What asks for a day is asked again within half a minute, and a conflict is told for as long.
    const isWell = async () => (await askHealth(port))?.status === 200;
    await until("it is well", isWell, 40_000, 100);
    await stop(bot);
  }, { on: "folder" });
}

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
