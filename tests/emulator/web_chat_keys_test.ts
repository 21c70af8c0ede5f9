/// <reference lib="dom" />
/** The web chat in a true browser: where the Tab key, the arrows and the focus go. */
import { assert, assertEquals } from "@std/assert";
import { type Bot, InputFile } from "grammy";
import type { Page } from "playwright-core";
import { plainPicture } from "./picture_of.ts";
import { button, field, lines, say, testPage } from "./web_chat_room.ts";

const threeButtons = {
  inline_keyboard: [
    ["Один", "Два", "Три"].map((text) => ({ text, callback_data: text })),
  ],
};

const answerWithButtons = (bot: Bot) =>
  bot.on("message:text", (ctx) => ctx.reply("Выбирайте", { reply_markup: threeButtons }));

/** The words of what has the focus. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at?.getAttribute("aria-label") ?? at?.textContent ?? "";
  });

testPage("web chat stops once at each message, and the arrows move inside", (bot) => {
  answerWithButtons(bot);
}, async ({ page, anna }) => {
  await say(anna, "раз");
  await button(anna, "Три").waitFor();
  await say(anna, "два");
  await button(anna, "Три").nth(1).waitFor();
  await anna.locator(".viewport").focus();
  const seen: string[] = [];
  for (let stop = 0; stop < 4; stop++) {
    await page.keyboard.press("Tab");
    seen.push(await focused(page));
  }
  assertEquals(seen, ["Ответить на «раз»", "Один", "Ответить на «два»", "Один"]);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  assertEquals(await focused(page), "Три");
  await page.keyboard.press("End");
  assertEquals(await focused(page), "Действия с «Выбирайте»");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  assertEquals(await focused(page), "Действия с «Выбирайте»");
  // Where the arrows were is where Tab comes back to.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Tab");
  assertEquals(await focused(page), "Действия с «Выбирайте»");
  await page.keyboard.press("Tab");
  assert(await anna.locator(".composer").evaluate((it) => it.contains(document.activeElement)));
});

testPage("web chat leads over the people and over the messages", (bot) => {
  answerWithButtons(bot);
}, async ({ page, anna }) => {
  await say(anna, "раз");
  await button(anna, "Три").waitFor();
  await page.reload();
  await button(anna, "Три").waitFor();
  await page.keyboard.press("Tab");
  assertEquals(await focused(page), "К телефонам");
  await page.keyboard.press("Enter");
  assert(await page.getByRole("main").evaluate((it) => it === document.activeElement));
  const skip = anna.getByRole("link", { name: "К полю сообщения" });
  await skip.focus();
  const shown = () => skip.evaluate((it) => getComputedStyle(it).opacity);
  assertEquals(await shown(), "1");
  await page.keyboard.press("Enter");
  assert(await field(anna).evaluate((it) => it === document.activeElement));
  assertEquals(await shown(), "0");
});

testPage("web chat asks before a message is deleted, and gives the focus back", (bot) => {
  answerWithButtons(bot);
}, async ({ page, anna }) => {
  await say(anna, "раз");
  await button(anna, "Три").waitFor();
  const menu = button(anna, "Действия с «раз»");
  const remove = async () => {
    await menu.focus();
    await page.keyboard.press("Enter");
    await anna.getByRole("menuitem", { name: "Удалить" }).press("Enter");
    return anna.getByRole("dialog", { name: "Удалить сообщение?" });
  };
  const dialog = await remove();
  await button(dialog, "Удалить").waitFor();
  assertEquals(await focused(page), "Отмена");
  await page.keyboard.press("Tab");
  assertEquals(await focused(page), "Удалить");
  await page.keyboard.press("Shift+Tab");
  assertEquals(await focused(page), "Отмена");
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  assertEquals(await focused(page), "Действия с «раз»");
  await remove();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assertEquals(await focused(page), "Действия с «раз»");
  assertEquals(await lines(anna).count(), 2);
  await button(await remove(), "Удалить").click();
  await menu.waitFor({ state: "detached" });
  assertEquals(await lines(anna).count(), 1);
  assertEquals(await focused(page), "Один");
});

testPage("web chat asks before a group is left", () => undefined, async ({ anna }) => {
  await button(anna, "Все чаты").click();
  await button(anna, "Новая группа или канал").click();
  await anna.getByLabel("Название").fill("Грибники");
  await button(anna, "Создать").click();
  const leave = async () => {
    await button(anna, "Действия с чатом").click();
    await anna.getByRole("menuitem", { name: "Выйти" }).click();
    return anna.getByRole("dialog", { name: "Выйти из «Грибники»?" });
  };
  await button(await leave(), "Отмена").click();
  await anna.locator(".chat-header").getByText("Грибники").waitFor();
  await button(await leave(), "Выйти").click();
  await anna.locator(".chat-header").getByText("Грибники").waitFor({ state: "detached" });
});

testPage("web chat gives the focus back from the viewer, the drawer and a spoiler", (bot) => {
  bot.hears("фото", async (ctx) => {
    await ctx.replyWithPhoto(new InputFile(await plainPicture(90, 90), "red.png"));
    await ctx.reply("<tg-spoiler>тайна</tg-spoiler>", { parse_mode: "HTML" });
  });
}, async ({ page, anna }) => {
  await say(anna, "фото");
  const photo = button(anna, "Открыть фото");
  await photo.press("Enter");
  await button(page.getByRole("dialog"), "Закрыть").press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assertEquals(await focused(page), "Открыть фото");
  await button(page, "Что видит бот").press("Enter");
  await button(page, "Закрыть вызовы").focus();
  await page.keyboard.press("Escape");
  await page.locator(".drawer").waitFor({ state: "detached" });
  assertEquals(await focused(page), "Что видит бот");
  await button(anna, "Показать скрытый текст").press("Enter");
  await anna.locator(".spoiler.open").waitFor();
  assertEquals(await focused(page), "тайна");
});
