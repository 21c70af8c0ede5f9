/** A bot as the documentation of another library writes it; only the API's address is ours. */
import { assert, assertEquals } from "@std/assert";
import { emulatorTest } from "./given_emulator.ts";
import { eventually } from "./given_webhook.ts";

emulatorTest("a bot written with gramio lives here", async ({ emulator, anna, boris }) => {
  const { Bot, format, bold, InlineKeyboard, InlineQueryResult, InputMessageContent, MediaUpload } =
    await import("gramio");
  const bot = new Bot(emulator.token, { api: { baseURL: `${emulator.root}/bot` } })
    .command("start", (context) =>
      context.send(format`Hi ${bold(context.from?.firstName ?? "")}`, {
        reply_markup: new InlineKeyboard().text("Like", "like"),
      }))
    .callbackQuery("like", async (context) => {
      await context.answer("Liked");
      await context.editText("Thank you");
    })
    .inlineQuery("echo", (context) =>
      context.answer([
        InlineQueryResult.article("1", "Echo", InputMessageContent.text(context.query)),
      ]))
    .on("message", async (context) => {
      if (context.hasText() && context.text === "file") {
        await context.sendDocument(MediaUpload.text("some words", "words.txt"));
      }
    });
  await bot.start({ dropPendingUpdates: false });
  try {
    await anna.start();
    const hello = await anna.until(({ text }) => text === "Hi Анна");
    assertEquals(hello.entities, [{ type: "bold", offset: 3, length: 4 }]);
    const tap = await anna.tapButton("Like");
    await anna.until(({ text }) => text === "Thank you");
    await eventually("the tap is answered", () => anna.answered(tap));
    await anna.say("file");
    const { document } = await anna.until(({ document }) => document !== undefined);
    assertEquals(new TextDecoder().decode(anna.file(document?.file_id ?? "")), "some words");
    const direct = anna.in(await anna.direct(boris.id));
    const query = await direct.ask("echo");
    assert((await direct.offered(query)).results.length === 1);
    assertEquals((await direct.choose(query, "1")).text, "echo");
    // An option of the library itself, which it sends along.
    assertEquals(emulator.violations(), ["getMe: suppress is unknown"]);
  } finally {
    await bot.stop();
  }
});
