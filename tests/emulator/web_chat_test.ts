/** The web chat in a true browser: words, buttons and commands. */
import { assertEquals } from "@std/assert";
import { button, field, lines, say, testPage } from "./web_chat_room.ts";

testPage("web chat carries words both ways", (bot) => {
  bot.command("start", (ctx) => ctx.reply("Здравствуйте, <b>Анна</b>!", { parse_mode: "HTML" }));
  bot.on("message:text", (ctx) => ctx.reply(`Слышу: ${ctx.message.text}`));
}, async ({ emulator, anna, boris }) => {
  await button(anna, "Начать").click();
  await anna.locator("strong", { hasText: "Анна" }).waitFor();
  await field(anna).pressSequentially("раз");
  await field(anna).press("Shift+Enter");
  await field(anna).pressSequentially("два <b>");
  await field(anna).press("Enter");
  await anna.getByText("Слышу: раз\nдва <b>").waitFor();
  assertEquals(await field(anna).inputValue(), "");
  assertEquals(await lines(anna).count(), 4);
  assertEquals(await lines(boris).count(), 0);
  const [person] = emulator.people();
  assertEquals(emulator.person(person?.id ?? 0).messages().map(({ text }) => text), [
    "/start",
    "Здравствуйте, Анна!",
    "раз\nдва <b>",
    "Слышу: раз\nдва <b>",
  ]);
});

testPage("web chat never runs what a message carries", (bot) => {
  bot.on("message:text", (ctx) =>
    ctx.reply("<img src=x onerror=alert(1)> тут и 🍄там", {
      entities: [
        { type: "text_link", offset: 29, length: 3, url: "javascript:alert(1)" },
        { type: "bold", offset: 35, length: 5 },
      ],
    }));
}, async ({ anna }) => {
  await say(anna, "покажи");
  await anna.getByText("<img src=x onerror=alert(1)>").waitFor();
  assertEquals(await anna.locator(".words a, .words img").count(), 0);
  assertEquals(await anna.locator(".words strong").textContent(), "🍄там");
});

testPage("web chat draws every kind of markup", (bot) => {
  const marked = "<b>б</b><i>и</i><u>у</u><s>с</s><code>к</code><pre>пре</pre>" +
    '<tg-spoiler>тайна</tg-spoiler><a href="https://example.org/a">ссылка</a>' +
    "<blockquote>цитата</blockquote><blockquote expandable>длинная</blockquote>" +
    "\nexample.org @durov_news #лес a@example.org /help";
  bot.hears("разметка", (ctx) => ctx.reply(marked, { parse_mode: "HTML" }));
  bot.command("help", (ctx) => ctx.reply("Помогаю"));
}, async ({ anna }) => {
  await say(anna, "разметка");
  const words = anna.locator(".their .words");
  await words.getByText("тайна").waitFor();
  const texts = async (selector: string) =>
    (await words.locator(selector).allTextContents()).join();
  assertEquals(await texts("strong,em,u,s,code,pre"), "б,и,у,с,к,пре");
  assertEquals(await texts("blockquote:not(.expandable)"), "цитата");
  assertEquals(await texts("a"), "ссылка,example.org,@durov_news,a@example.org");
  assertEquals(await texts(".tag"), "#лес");
  await button(anna, "Показать скрытый текст").click();
  await words.locator(".spoiler.open").getByText("тайна").waitFor();
  await button(anna, "Ещё").click();
  await button(anna, "Свернуть").waitFor();
  await button(anna, "/help").click();
  await anna.getByText("Помогаю").waitFor();
});

testPage("web chat shows reactions, forwards and pins, and lets a person block the bot", (bot) => {
  bot.hears("закрепи", async (ctx) => {
    await ctx.react("🔥");
    await ctx.pinChatMessage(ctx.msgId);
  });
}, async ({ anna }) => {
  await say(anna, "закрепи");
  await button(anna, "Реакция 🔥: 1").waitFor();
  await anna.locator(".pinned").getByText("закрепи").waitFor();
  await button(anna, "Действия с «закрепи»").click();
  await anna.getByRole("menuitem", { name: "Переслать" }).click();
  await button(anna.getByRole("dialog"), "Мухомор").click();
  await anna.getByText("Переслано от Анна Смирнова").waitFor();
  await button(anna, "Действия с чатом").click();
  await anna.getByRole("menuitem", { name: "Заблокировать бота" }).click();
  await button(anna, "Разблокировать бота").click();
  await field(anna).waitFor();
});

testPage("web chat spins a tapped button until the bot answers", (bot) => {
  const reply_markup = { inline_keyboard: [[{ text: "Дальше", callback_data: "next" }]] };
  let waiting = "";
  bot.hears("листай", (ctx) => ctx.reply("Страница 1", { reply_markup }));
  bot.callbackQuery("next", (ctx) => {
    waiting = ctx.callbackQuery.id;
    return ctx.editMessageText("Страница 2", { reply_markup });
  });
  bot.hears(
    "ответь",
    (ctx) => ctx.api.answerCallbackQuery(waiting, { text: "Перевернул", show_alert: true }),
  );
}, async ({ anna }) => {
  await say(anna, "листай");
  await button(anna, "Дальше").click();
  await anna.getByText("Страница 2").waitFor();
  await anna.getByText("изменено").waitFor();
  await anna.locator("button[aria-busy=true]", { hasText: "Дальше" }).waitFor();
  await say(anna, "ответь");
  await anna.getByRole("alertdialog").getByText("Перевернул").waitFor();
  assertEquals(await anna.locator("button[aria-busy]").count(), 0);
  await button(anna, "Понятно").click();
  assertEquals(await anna.getByRole("alertdialog").count(), 0);
});

testPage("web chat drops what the bot deletes", (bot) => {
  bot.hears("убери", async (ctx) => {
    await ctx.deleteMessage();
    await ctx.reply("Убрал");
  });
}, async ({ anna }) => {
  await say(anna, "убери");
  await anna.getByText("Убрал").waitFor();
  assertEquals(await lines(anna).count(), 1);
});

testPage("web chat offers the bot's commands and its keyboard", (bot) => {
  bot.command("help", (ctx) => ctx.reply("Помогаю"));
  bot.hears("клавиши", async (ctx) => {
    await ctx.api.setMyCommands([{ command: "help", description: "Что я умею" }]);
    const reply_markup = { keyboard: [[{ text: "Каталог" }]] };
    await ctx.reply("Выбирайте", { reply_markup });
  });
  bot.hears(
    "Каталог",
    (ctx) => ctx.reply("Пока ничего", { reply_markup: { remove_keyboard: true } }),
  );
}, async ({ anna }) => {
  await say(anna, "клавиши");
  await button(anna, "Каталог").click();
  await anna.getByText("Пока ничего").waitFor();
  assertEquals(await button(anna, "Каталог").count(), 0);
  await field(anna).pressSequentially("/he");
  await anna.getByRole("option", { name: "/help Что я умею" }).waitFor();
  await field(anna).press("Enter");
  await anna.getByText("Помогаю").waitFor();
});
