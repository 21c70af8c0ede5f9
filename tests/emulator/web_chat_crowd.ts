/** A bot that says everything a chat can show, and a walk through all that the page can open. */
import { type Bot, InputFile } from "grammy";
import { plainPicture, qrPicture } from "./picture_of.ts";
import { button, drop, field, OUR_BOT, type Room, say } from "./web_chat_room.ts";

const startLink = (payload: string) => `https://t.me/${OUR_BOT}?start=${payload}`;

const buttons = {
  inline_keyboard: [
    [{ text: "Дальше", callback_data: "next" }, { text: "Карта", url: startLink("c_7") }],
    [{ text: "Поделиться", switch_inline_query: "7" }, { text: "Важное", callback_data: "box" }],
  ],
};

/** What a browser cannot decode. */
const nonsense = () => new TextEncoder().encode("no picture");

export function teachEverything(bot: Bot): void {
  bot.command("start", async (ctx) => {
    await ctx.api.setMyCommands([
      { command: "help", description: "Что я умею" },
      { command: "start", description: "Начать сначала" },
    ]);
    const quote = `<blockquote expandable>${"длинная цитата\n".repeat(6)}</blockquote>`;
    await ctx.reply(
      "Здравствуйте! /help /start\n<b>жирно</b>, <code>код 12</code>, <pre>пре</pre>#тег " +
        `<a href="https://example.org/">ссылка</a> <tg-spoiler>тайна</tg-spoiler>${quote}`,
      { parse_mode: "HTML", reply_markup: buttons },
    );
    await sendFiles(ctx.api, ctx.chat.id);
    await ctx.react("🔥");
    await ctx.reply("Выбирайте", {
      reply_markup: { keyboard: [[{ text: "Каталог" }, { text: "Помощь" }]] },
    });
  });
  bot.callbackQuery("next", (ctx) => ctx.answerCallbackQuery("Дальше идёт вторая страница"));
  bot.callbackQuery(
    "box",
    (ctx) => ctx.answerCallbackQuery({ text: "Это важно", show_alert: true }),
  );
  bot.on("inline_query", (ctx) =>
    ctx.answerInlineQuery(
      ["Зимнее море", "Лунная поляна"].map((title, i) => ({
        type: "article",
        id: String(i),
        title,
        description: `Карта №${i + 1}`,
        input_message_content: { message_text: `Смотрите: ${title}` },
        reply_markup: buttons,
      })),
    ));
  bot.on("message:text", (ctx) =>
    ctx.reply(`Слышу: ${ctx.message.text}`, {
      reply_parameters: { message_id: ctx.message.message_id },
    }));
}

async function sendFiles(api: Bot["api"], chat: number): Promise<void> {
  const code = new InputFile(await qrPicture(startLink("v_7K2P")), "code.png");
  await api.sendPhoto(chat, code, { caption: "Карта №12" });
  const red = await plainPicture(300, 200);
  await api.sendMediaGroup(
    chat,
    ["a", "b", "c"].map((name) => ({
      type: "photo" as const,
      media: new InputFile(red, `${name}.png`),
    })),
  );
  await api.sendDocument(chat, new InputFile(nonsense(), "broken.png"));
  await api.sendDocument(chat, new InputFile(nonsense(), "price.pdf"));
  await api.sendVoice(chat, new InputFile(nonsense(), "hum.ogg"));
  await api.sendLocation(chat, 55.7, 37.6);
}

/** Opens one thing after the other, and has each looked at. */
export async function walkThrough(
  { page, anna }: Room,
  look: (what: string) => Promise<void>,
): Promise<void> {
  const viewport = anna.locator(".viewport");
  await button(anna, "Начать").waitFor();
  await look("an empty chat");
  await button(anna, "Начать").click();
  await anna.getByText("Выбирайте").waitFor();
  await button(anna, "Сканировать телефоном Бориса").waitFor();
  await anna.locator(".undrawn").waitFor();
  await button(anna, "Реакция 🔥: 1").click();
  await anna.locator(".reactions button[aria-pressed=true]").waitFor();
  await look("the end of the messages");
  await button(anna, "Дальше").click();
  await anna.locator(".notice").waitFor();
  await viewport.evaluate((it) => it.scrollTop = 0);
  await look("the first messages and a notice");
  await say(anna, "привет");
  await anna.getByText("Слышу: привет").waitFor();
  await field(anna).fill("/");
  await anna.getByRole("option").first().waitFor();
  await look("the commands");
  await field(anna).fill(`@${OUR_BOT} всё`);
  await anna.getByRole("option", { name: /Лунная/ }).click();
  await anna.locator(".own .origin").waitFor();
  await field(anna).fill(`@${OUR_BOT} всё`);
  await anna.getByRole("option", { name: /Лунная/ }).waitFor();
  await look("inline results and a message via the bot");
  await field(anna).fill("");
  await openDialogs({ page, anna }, look);
  await button(page, "Что видит бот").click();
  await page.locator(".drawer .call summary").first().click();
  await look("the drawer");
  await button(page, "Закрыть вызовы").click();
  await button(page, "Что это?").click();
  await look("the explanation");
  await button(page, "Понятно").click();
  await button(anna, "Все чаты").click();
  await look("the list of chats");
  await button(anna, "Новая группа или канал").click();
  await look("a new chat");
  await anna.getByLabel("Название").fill("Грибники");
  await anna.getByLabel("Борис").check();
  await button(anna, "Создать").click();
  await anna.locator(".chat-header").getByText("Грибники").waitFor();
  await say(anna, "Всем привет");
  await anna.getByText("Всем привет").waitFor();
  await look("a group");
  await button(anna, "Записать голосовое").click();
  await button(anna, "Отправить голосовое").waitFor();
  await look("the recording of a voice note");
}

async function openDialogs(
  { page, anna }: Pick<Room, "page" | "anna">,
  look: (what: string) => Promise<void>,
): Promise<void> {
  await button(anna, "Важное").last().click();
  await anna.getByRole("alertdialog").waitFor();
  await look("a box of the bot's");
  await button(anna, "Понятно").click();
  await button(anna, "Действия с «привет»").click();
  await anna.getByRole("menuitem", { name: "Удалить" }).waitFor();
  await look("a message's menu");
  await anna.getByRole("menuitem", { name: "Удалить" }).click();
  await look("the question before a deletion");
  await page.keyboard.press("Escape");
  await button(page, "Добавить человека").click();
  await look("a new person");
  await page.keyboard.press("Escape");
  await button(anna, "Открыть фото").first().click();
  await button(page.getByRole("dialog"), "Сканировать телефоном Бориса").waitFor();
  await look("the photo viewer");
  await page.keyboard.press("Escape");
  await drop(anna, [
    { name: "broken.png", bytes: nonsense() },
    { name: "red.png", bytes: await plainPicture(30, 30) },
  ]);
  await anna.locator(".previews .undrawn").waitFor();
  await look("files about to be sent");
  await page.keyboard.press("Escape");
}
