import type { Emulator } from "@amanita/emulator";
import { setImmediate as turn } from "node:timers/promises";
import { Bot, webhookCallback } from "grammy";
import { assertEquals } from "@std/assert";
import { emulatorTest } from "./given_emulator.ts";
import { eventually, startHook } from "./given_webhook.ts";

emulatorTest("thousands of updates reach a bot that polls, each once, in order", async (given) => {
  const { emulator } = given;
  const bot = new Bot(emulator.token, { client: { apiRoot: emulator.root } });
  const heard: number[] = [];
  bot.on("message:text", ({ message }) => void heard.push(Number(message.text)));
  const polling = bot.start();
  await sayAll(emulator, 5000);
  await eventually("all is heard", () => heard.length >= 5000);
  await bot.stop();
  await polling;
  assertEquals(heard, Array.from({ length: 5000 }, (_, i) => i));
  assertEquals(emulator.pendingUpdates(), 0);
});

emulatorTest(
  "thousands of updates reach a webhook, each once, in order per chat",
  async (given) => {
    const { emulator, anna, boris } = given;
    const bot = new Bot(emulator.token, { client: { apiRoot: emulator.root } });
    await bot.init();
    const heard = new Map<number, number[]>([[anna.id, []], [boris.id, []]]);
    bot.on(
      "message:text",
      ({ message }) => void heard.get(message.chat.id)?.push(Number(message.text)),
    );
    const handle = webhookCallback(bot, "std/http");
    const hook = startHook((request) => handle(request));
    try {
      await bot.api.setWebhook(hook.url);
      await sayAll(emulator, 2000);
      await eventually("all is confirmed", () => emulator.pendingUpdates() === 0);
    } finally {
      await hook.close();
    }
    const all = Array.from({ length: 2000 }, (_, i) => i);
    assertEquals(heard.get(anna.id), all.filter((i) => i % 2 === 0));
    assertEquals(heard.get(boris.id), all.filter((i) => i % 2 === 1));
  },
);

/** Anna and Boris count in turn, as fast as they can. */
async function sayAll(emulator: Emulator, count: number): Promise<void> {
  const people = emulator.people().map(({ id }) => emulator.person(id));
  for (let i = 0; i < count; i++) {
    await people[i % people.length]?.say(String(i));
    // The server shares this thread.
    if (i % 100 === 0) await turn();
  }
}
