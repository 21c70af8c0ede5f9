/// <reference lib="dom" />
/** The web chat in a true browser: what a reload keeps, and what it shows of broken files. */
import { assertEquals } from "@std/assert";
import { InputFile } from "grammy";
import { plainPicture } from "./picture_of.ts";
import { button, drop, field, OUR_BOT, say, testPage } from "./web_chat_room.ts";

testPage("web chat counts after a reload what nobody has read before it", (bot) => {
  let second = 0;
  bot.command("start", (ctx) => void (second = ctx.chat.id));
  bot.hears("второму", async (ctx) => {
    await ctx.api.sendMessage(second, "Вам письмо");
    await ctx.reply("Отправлено");
  });
}, async ({ emulator, page, anna, boris }) => {
  await emulator.person(emulator.people()[1]?.id ?? 0).start();
  const count = page.getByRole("navigation").getByRole("button", { name: /Борис/ })
    .locator(".count");
  await anna.waitFor();
  await say(anna, "второму");
  await count.getByText("1").waitFor();
  await page.reload();
  await count.getByText("1").waitFor();
  await say(anna, "второму");
  await count.getByText("2").waitFor();
  await page.reload();
  await count.getByText("2").waitFor();
  await page.getByRole("navigation").getByRole("button", { name: /Борис/ }).click();
  await boris.getByText("Вам письмо").nth(1).waitFor();
  await page.getByRole("navigation").getByRole("button", { name: /Анна/ }).click();
  await anna.waitFor();
  await page.reload();
  await anna.getByText("Отправлено").first().waitFor();
  assertEquals(await count.count(), 0);
}, { look: { width: 390, height: 844 } });

testPage("web chat counts what is said in a group that nobody has opened", () => undefined, async (
  { emulator, page, boris },
) => {
  await field(boris).waitFor();
  const [anna, other] = emulator.people().map(({ id }) => id);
  const person = emulator.person(anna ?? 0);
  const group = await person.create({ kind: "group", title: "Лес", members: [other ?? 0] });
  await person.in(group).say("раз");
  await person.in(group).say("два");
  await boris.locator(".back .count").getByText("2").waitFor();
  await page.reload();
  await boris.locator(".back .count").getByText("2").waitFor();
});

testPage("web chat draws its own icon where a browser can show no picture", (bot) => {
  bot.hears("файл", async (ctx) => {
    const picture = await plainPicture(200, 120);
    await ctx.replyWithPhoto(new InputFile(picture, "sea.png"), { caption: "Море" });
    await ctx.replyWithDocument(new InputFile(picture, "sea.heic.png"));
  });
  bot.on("inline_query", async (ctx) => {
    const picture = new InputFile(await plainPicture(90, 90), "lost.png");
    const { photo } = await ctx.api.sendPhoto(ctx.from.id, picture);
    const photo_file_id = photo.at(-1)?.file_id ?? "";
    return ctx.answerInlineQuery([{ type: "photo", id: "1", title: "Потеряно", photo_file_id }]);
  });
}, async ({ page, anna }) => {
  await page.route("**/control/file/*", (route) => route.fulfill({ body: "no picture" }));
  await say(anna, "файл");
  await anna.getByRole("img", { name: "Фото: Море. Браузер не может" }).waitFor();
  await anna.locator(".thumbnail .undrawn svg").waitFor();
  await button(anna, "Открыть sea.heic.png").click();
  const viewer = page.getByRole("dialog", { name: "Просмотр фото" });
  await viewer.getByRole("img", { name: /Браузер не может показать эту картинку/ }).waitFor();
  await page.keyboard.press("Escape");
  await field(anna).fill(`@${OUR_BOT} п`);
  await anna.getByRole("option", { name: /Потеряно/ }).locator(".undrawn svg").waitFor();
  await field(anna).fill("");
  await drop(anna, [{ name: "IMG_1.heic", bytes: new TextEncoder().encode("no picture") }]);
  await anna.locator(".previews").getByRole("img", { name: /^IMG_1.heic/ }).waitFor();
  await button(anna, "Отправить как фото").click();
  await anna.locator(".notice").getByText("Отправьте как файл").waitFor();
  // No broken picture of the browser's own is left anywhere.
  const left = await page.evaluate(() =>
    Array.from(document.images).filter((it) => it.complete && it.naturalWidth === 0).length
  );
  assertEquals(left, 0);
}, { expected: /400|422/ });
