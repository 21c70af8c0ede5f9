import { assertEquals, assertStringIncludes } from "@std/assert";
import { InputFile } from "grammy";
import { Buffer } from "node:buffer";
import type { Locator } from "playwright-core";
import { qrPicture } from "./picture_of.ts";
import { readLink } from "../../src/emulator/web/links.js";
import { webChat } from "../../src/emulator/web/web_chat.ts";
import { OUR_BOT, startRoomEmulator, testBrowser, testPage, withPage } from "./web_chat_room.ts";

const link = (payload: string) => `https://t.me/${OUR_BOT}?start=${payload}`;

const field = (phone: Locator) => phone.getByRole("textbox", { name: "Сообщение" });
const button = (phone: Locator, name: string) => phone.getByRole("button", { name, exact: true });
const lines = (phone: Locator) => phone.locator(".messages > li");

async function say(phone: Locator, text: string): Promise<void> {
  await field(phone).fill(text);
  await field(phone).press("Enter");
}

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

testPage("web chat sends several pictures as one album with one caption", (bot) => {
  bot.on("message:photo", (ctx) => ctx.reply(`${ctx.message.media_group_id ? "альбом" : "фото"}`));
}, async ({ emulator, anna }) => {
  const files = await Promise.all(["one", "two", "three"].map(async (name) => ({
    name: `${name}.png`,
    mimeType: "image/png",
    buffer: Buffer.from(await qrPicture(name)),
  })));
  await anna.locator("input[type=file]").setInputFiles(files);
  await anna.getByLabel("Подпись").fill("Со всех сторон");
  await button(anna, "Отправить альбомом").click();
  await anna.locator(".album .photo").nth(2).waitFor();
  await anna.getByText("альбом").nth(2).waitFor();
  assertEquals(await anna.locator(".album").count(), 1);
  assertEquals(await anna.locator(".own .words").allTextContents(), ["Со всех сторон"]);
  const [person] = emulator.people();
  const sent = emulator.person(person?.id ?? 0).messages().filter(({ photo }) => photo);
  assertEquals(new Set(sent.map(({ media_group_id }) => media_group_id)).size, 1);
});

testPage("web chat scans with one phone the code that the other shows", (bot) => {
  bot.hears("код", async (ctx) => {
    await ctx.replyWithPhoto(new InputFile(await qrPicture(link("v_7K2P")), "code.png"));
    await ctx.replyWithPhoto(new InputFile(await qrPicture("just words"), "words.png"));
  });
  bot.command("start", (ctx) => ctx.reply(`Проверяю ${ctx.match}`));
}, async ({ anna, boris }) => {
  await say(anna, "код");
  const scans = anna.getByRole("button", { name: "Сканировать на другом телефоне" });
  await scans.nth(1).waitFor();
  await scans.nth(0).click();
  await boris.getByText("/start v_7K2P").waitFor();
  await boris.getByText("Проверяю v_7K2P").waitFor();
  await scans.nth(1).click();
  await anna.locator(".notice").getByText("В коде другое: just words").waitFor();
});

testPage("web chat hands a shared link to the other phone", (bot) => {
  const url = `https://t.me/share/url?url=${encodeURIComponent(link("c_12"))}&text=Смотри`;
  const reply_markup = { inline_keyboard: [[{ text: "Поделиться", url }]] };
  bot.hears("карта", (ctx) => ctx.reply("Карта №12", { reply_markup }));
  bot.command("start", (ctx) => ctx.reply(`Вот ${ctx.match}`));
}, async ({ page, anna, boris }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  assertEquals(await boris.isVisible(), false);
  await say(anna, "карта");
  await anna.getByRole("button", { name: "Поделиться" }).click();
  assertStringIncludes(await anna.getByRole("dialog").innerText(), "Смотри");
  await button(anna, "На второй телефон (Борис)").click();
  await boris.getByText("Вот c_12").waitFor();
  assertEquals(await anna.isVisible(), false);
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

testBrowser("web chat comes back by itself when the server does", async () => {
  const folder = await Deno.makeTempDir();
  const first = await startRoomEmulator({ folder });
  const port = Number(new URL(first.root).port);
  let second = first;
  try {
    await withPage(first, async ({ page, anna }) => {
      await say(anna, "до");
      await anna.getByText("до", { exact: true }).waitFor();
      await first.close();
      await page.getByText("Нет связи").waitFor();
      second = await startRoomEmulator({ folder, port });
      const [person] = second.people();
      await second.person(person?.id ?? 0).say("после");
      await anna.getByText("после", { exact: true }).waitFor();
      await page.getByText("Нет связи").waitFor({ state: "hidden" });
      assertEquals(await lines(anna).count(), 2);
    }, /ERR_/);
  } finally {
    await second.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("web chat tells start links of its own bot from all others", () => {
  const read = (text: string) => readLink(text, OUR_BOT);
  assertEquals(read(link("v_1")), { kind: "start", payload: "v_1" });
  assertEquals(read(`t.me/${OUR_BOT.toUpperCase()}`), { kind: "start", payload: "" });
  assertEquals(read(`tg://resolve?domain=${OUR_BOT}&start=x`), { kind: "start", payload: "x" });
  assertEquals(read("https://t.me/other_bot?start=x")?.kind, "web");
  assertEquals(read("https://t.me.example.org/share/url?url=x")?.kind, "web");
  assertEquals(read("javascript:alert(1)"), null);
});

Deno.test("web chat finds the link inside a shared text", () => {
  const share = (query: Record<string, string>) =>
    readLink(`https://t.me/share/url?${new URLSearchParams(query)}`, OUR_BOT);
  const both = { kind: "share" as const, text: `${link("c_1")}\nСмотри`, payload: "c_1" };
  assertEquals(share({ url: link("c_1"), text: "Смотри" }), both);
  assertEquals(share({ text: `Смотри ${link("c_2")} скорее` })?.kind, "share");
  const none = { kind: "share" as const, text: "https://example.org", payload: null };
  assertEquals(share({ url: "https://example.org" }), none);
});

Deno.test("web chat lists every file that its files ask for", () => {
  for (const [path, { text }] of webChat) {
    for (const [, asked] of text.matchAll(/(?:from "\.|href="|src=")(\/?[\w.]+\.(?:js|css))"/g)) {
      assertEquals(webChat.has(`/${asked?.replace(/^\//, "")}`), true, `${path} asks for ${asked}`);
    }
  }
});
