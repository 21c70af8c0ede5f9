import { startEmulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import { apiOf, guardedTest } from "./given_emulator.ts";
import { eventually, startHook } from "./given_webhook.ts";

guardedTest("a webhook outlives a restart, with what it has not taken", async () => {
  const folder = await Deno.makeTempDir();
  let up = false;
  const hook = startHook(() => new Response(null, { status: up ? 200 : 500 }));
  try {
    const before = await startEmulator({ folder, people: [{ first_name: "Анна" }] });
    const [anna] = before.people();
    await apiOf(before).setWebhook(hook.url, { secret_token: "s" });
    await before.person(anna?.id ?? 0).say("one");
    await eventually("it is refused", () => hook.requests.length > 0);
    await before.close();
    up = true;
    const after = await startEmulator({ folder });
    await eventually("it is taken", () => after.pendingUpdates() === 0);
    assertEquals((await apiOf(after).getWebhookInfo()).url, hook.url);
    const [first] = hook.requests;
    assertEquals(hook.requests.at(-1)?.body, first?.body);
    assertEquals(hook.requests.at(-1)?.headers.get("x-telegram-bot-api-secret-token"), "s");
    await after.close();
  } finally {
    await hook.close();
    await Deno.remove(folder, { recursive: true });
  }
}, "write");
