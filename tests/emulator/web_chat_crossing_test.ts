/** The web chat in a true browser: what leads from one phone, or one chat, to another. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { InputFile } from "grammy";
import { plainPicture, qrPicture } from "./picture_of.ts";
import { button, field, OUR_BOT, phoneOf, say, testPage } from "./web_chat_room.ts";

const link = (payload: string) => `https://t.me/${OUR_BOT}?start=${payload}`;

testPage("web chat scans with one phone the code that the other shows", (bot) => {
  bot.hears("код", async (ctx) => {
    await ctx.replyWithPhoto(new InputFile(await qrPicture(link("v_7K2P")), "code.png"));
    await ctx.replyWithPhoto(new InputFile(await qrPicture("just words"), "words.png"));
  });
  bot.command("start", (ctx) => ctx.reply(`Проверяю ${ctx.match}`));
}, async ({ anna, boris }) => {
  await say(anna, "код");
  const scans = button(anna, "Сканировать телефоном Бориса");
  await scans.nth(1).waitFor();
  await scans.nth(0).click();
  await boris.getByText("/start v_7K2P").waitFor();
  await boris.getByText("Проверяю v_7K2P").waitFor();
  await scans.nth(1).click();
  await boris.locator(".notice").getByText("В коде другое: just words").waitFor();
});

testPage("web chat offers no scan of a picture without a code, and saving of one with", (bot) => {
  bot.hears("код", async (ctx) => {
    await ctx.replyWithPhoto(new InputFile(await plainPicture(300, 200), "red.png"));
    await ctx.replyWithPhoto(new InputFile(await qrPicture(link("v_1")), "code.png"));
  });
}, async ({ page, anna }) => {
  const readInVain = page.waitForResponse(async (answer) =>
    answer.url().includes("/control/qr/") && (await answer.json()).text === null
  );
  await say(anna, "код");
  const save = anna.getByRole("link", { name: "Сохранить картинку" });
  const [download] = await Promise.all([page.waitForEvent("download"), save.click()]);
  assertEquals(download.suggestedFilename(), "qr.png");
  await readInVain;
  assertEquals(await button(anna, "Сканировать телефоном Бориса").count(), 1);
});

testPage("web chat hands a shared link to the other phone", (bot) => {
  const url = `https://t.me/share/url?url=${encodeURIComponent(link("c_12"))}&text=Смотри`;
  const reply_markup = { inline_keyboard: [[{ text: "Поделиться", url }]] };
  bot.hears("карта", (ctx) => ctx.reply("Карта №12", { reply_markup }));
  bot.command("start", (ctx) => ctx.reply(`Вот ${ctx.match}`));
}, async ({ page, anna, boris }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await boris.waitFor({ state: "detached" });
  await say(anna, "карта");
  await anna.getByRole("button", { name: "Поделиться" }).click();
  assertStringIncludes(await anna.getByRole("dialog").innerText(), "Смотри");
  await button(anna, "На телефон Бориса").click();
  await boris.getByText("Вот c_12").waitFor();
  await anna.waitFor({ state: "detached" });
});

testPage("web chat asks the bot inline, and what is chosen appears via the bot", (bot) => {
  bot.on("inline_query", (ctx) =>
    ctx.answerInlineQuery(
      ["Зимнее море", "Лунная поляна"].map((title, i) => ({
        type: "article" as const,
        id: String(i),
        title,
        description: `Карта №${i + 1}`,
        input_message_content: { message_text: `Смотрите: ${title}` },
      })).filter(({ title }) => title.includes(ctx.inlineQuery.query)),
    ));
  const reply_markup = {
    inline_keyboard: [[{ text: "Показать здесь", switch_inline_query_current_chat: "Лун" }]],
  };
  bot.hears("поделиться", (ctx) => ctx.reply("Кому?", { reply_markup }));
}, async ({ anna }) => {
  await say(anna, "поделиться");
  await button(anna, "Показать здесь").click();
  await anna.getByRole("option", { name: /Лунная поляна/ }).waitFor();
  assertEquals(await field(anna).inputValue(), `@${OUR_BOT} Лун`);
  await field(anna).press("Enter");
  await anna.getByText("Смотрите: Лунная поляна").waitFor();
  await anna.locator(".own .origin").getByText(`@${OUR_BOT}`).waitFor();
  assertEquals(await field(anna).inputValue(), "");
});

testPage("web chat shares inline with a person, who opens what was shared", (bot) => {
  const shown = { inline_keyboard: [[{ text: "Открыть карту", url: link("c_7") }]] };
  bot.on("inline_query", (ctx) =>
    ctx.answerInlineQuery([{
      type: "article",
      id: "7",
      title: "Лунная поляна",
      input_message_content: { message_text: "Смотри, моя карта" },
      reply_markup: shown,
    }]));
  const share = { inline_keyboard: [[{ text: "Поделиться", switch_inline_query: "7" }]] };
  bot.hears("карта", (ctx) => ctx.reply("Карта №7", { reply_markup: share }));
  bot.command("start", (ctx) => ctx.reply(`Вот ${ctx.match}`));
}, async ({ anna, boris }) => {
  await say(anna, "карта");
  await anna.getByRole("button", { name: "Поделиться" }).click();
  await button(anna.getByRole("dialog"), "Борис").click();
  await anna.getByRole("option", { name: /Лунная поляна/ }).click();
  await anna.getByText("Смотри, моя карта").waitFor();
  await boris.locator(".back .count").getByText("1").waitFor();
  await button(boris, "Все чаты").click();
  await boris.getByRole("button", { name: /Анна/ }).click();
  await boris.getByText(`@${OUR_BOT}`).waitFor();
  await boris.getByRole("button", { name: "Открыть карту" }).click();
  await button(boris, "На этом телефоне").click();
  await boris.getByText("Вот c_7").waitFor();
});

testPage("web chat keeps a group beside the bot's chat, and counts what is new there", (bot) => {
  bot.hears("привет", (ctx) => ctx.reply("И вам"));
}, async ({ page, anna, boris }) => {
  await button(anna, "Все чаты").click();
  await button(anna, "Новая группа или канал").click();
  await anna.getByLabel("Название").fill("Грибники");
  await anna.getByLabel("Борис").check();
  await anna.getByLabel("Бот — администратор: видит все сообщения").check();
  await button(anna, "Создать").click();
  await anna.locator(".chat-header").getByText("Грибники").waitFor();
  await say(anna, "привет");
  await anna.getByText("И вам").waitFor();
  // Борис looks at the bot's chat meanwhile.
  await boris.locator(".back .count").getByText("2").waitFor();
  await button(boris, "Все чаты").click();
  await boris.getByRole("button", { name: /Грибники/ }).click();
  await boris.getByText("И вам").waitFor();
  await boris.locator(".back .count").waitFor({ state: "detached" });
  await boris.getByText("Новые сообщения").waitFor();
  // Who comes back to what they have read sees nothing new, nor in what comes while they read.
  await button(boris, "Все чаты").click();
  await boris.getByRole("button", { name: /Грибники/ }).click();
  await say(anna, "ещё");
  await boris.getByText("ещё").waitFor();
  assertEquals(await boris.getByText("Новые сообщения").count(), 0);
  await page.reload();
  await boris.locator(".chat-header").getByText("Грибники").waitFor();
});

testPage("web chat adds a person with a name and a language, who gets a phone", (bot) => {
  bot.command("start", (ctx) => ctx.reply(`Hello in ${ctx.from?.language_code}`));
}, async ({ page }) => {
  await button(page, "Добавить человека").click();
  await page.getByLabel("Имя", { exact: true }).fill("Рита");
  await page.getByLabel("Язык").selectOption("en");
  await button(page, "Добавить").click();
  const rita = phoneOf(page, "Риты");
  await button(rita, "Начать").click();
  await rita.getByText("Hello in en").waitFor();
});

testPage("web chat shows what the bot sees of a message, refusals in red", (bot) => {
  bot.hears("ой", async (ctx) => {
    const { id: chat_id } = ctx.chat;
    await ctx.api.raw.sendMessage({ chat_id, text: "" }).catch(() => undefined);
    const misspelt = { chat_id, text: "Ну вот", disable_notifications: true };
    await ctx.api.raw.sendMessage(misspelt);
  });
}, async ({ page, anna }) => {
  await button(page, "Что видит бот").click();
  const drawer = page.getByRole("complementary", { name: "Что видит бот" });
  await say(anna, "ой");
  await anna.getByText("Ну вот").waitFor();
  const refused = drawer.locator(".call.wrong", { hasText: "message text is empty" });
  await refused.waitFor();
  await drawer.locator(".call.wrong", { hasText: "disable_notifications" }).waitFor();
  await drawer.locator(".update", { hasText: "message" }).first().waitFor();
  await refused.locator("summary").click();
  await refused.getByText("chat_id").first().waitFor();
});
