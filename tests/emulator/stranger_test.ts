/** Ten lines, as anybody would write them who has a bot and takes the package by its name. */
import { startEmulator } from "@amanita/emulator";
import { Bot } from "grammy";
import { assertEquals } from "@std/assert";

Deno.test("a stranger's test talks to a bot in process", async () => {
  const emulator = await startEmulator();
  const bot = new Bot(emulator.token, { client: { apiRoot: emulator.root } });
  bot.on("message:text", (ctx) => ctx.reply(`You said ${ctx.message.text}`));
  const polling = bot.start();
  const anna = emulator.addPerson({ first_name: "Anna" });
  await anna.say("hello");
  assertEquals((await anna.until(({ text }) => text !== undefined)).text, "You said hello");
  await bot.stop();
  await Promise.all([polling, emulator.close()]);
});
