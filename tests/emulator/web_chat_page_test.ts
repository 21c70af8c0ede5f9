/// <reference lib="dom" />
/** The web chat in a true browser: the page itself. */
import { assert, assertEquals } from "@std/assert";
import { bundleStamp, pageStamp } from "../../src/emulator/web/bundle_page.ts";
import { servePage } from "../../src/emulator/web/serve_page.ts";
import { sourceTest } from "../source_files.ts";
import {
  button,
  field,
  lines,
  say,
  startRoomEmulator,
  testBrowser,
  testPage,
  withPage,
} from "./web_chat_room.ts";

sourceTest("web chat's bundle is of today's sources; else run deno task page", async () => {
  assertEquals(await bundleStamp(), await pageStamp());
});

Deno.test("web chat may load nothing but its own files, and is in nobody's frame", async () => {
  const asked = new Request("http://127.0.0.1/");
  const answer = await servePage(asked, "/");
  const policy = answer?.headers.get("content-security-policy")?.split("; ") ?? [];
  assert(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'"));
  assertEquals(policy.filter((rule) => /https?:|\*|unsafe/.test(rule)), []);
  const page = await answer?.text() ?? "";
  const files = [...page.matchAll(/(?:href|src)="(?!data:)([^"]+)"/g)].map(([, file]) => file);
  assertEquals(files, ["page.css", "page.js"]);
  for (const file of files) assert(await servePage(asked, `/${file}`), `there is no ${file}`);
});

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

testPage("web chat puts phones side by side where there is room", (bot) => {
  bot.on("message", (ctx) => ctx.reply("Да"));
}, async ({ page, anna, boris }) => {
  await say(anna, "Есть место?");
  await anna.getByText("Да", { exact: true }).waitFor();
  const [left, right] = [await anna.boundingBox(), await boris.boundingBox()];
  assert(left && right && left.x + left.width <= right.x && left.y === right.y);
  assert(right.x + right.width <= 1440);
  assertEquals(await page.evaluate(overflow), 0);
}, { look: { width: 1440, height: 900 } });

testPage("web chat shows one phone at a time on a phone, and marks what is unread", (bot) => {
  let second = 0;
  bot.command("start", (ctx) => void (second = ctx.chat.id));
  bot.hears("напиши второму", (ctx) => ctx.api.sendMessage(second, "Вам письмо"));
}, async ({ emulator, page, anna, boris }) => {
  // A bot may write only to who has written to it.
  await emulator.person(emulator.people()[1]?.id ?? 0).start();
  const chip = page.getByRole("navigation").getByRole("button", { name: /Борис/ });
  await anna.waitFor();
  assertEquals(await boris.count(), 0);
  assertEquals((await anna.boundingBox())?.width, 390);
  assertEquals(await page.evaluate(overflow), 0);
  await say(anna, "напиши второму");
  await chip.locator(".count").getByText("1").waitFor();
  await chip.click();
  await boris.getByText("Вам письмо").waitFor();
  assertEquals(await chip.locator(".count").count(), 0);
}, { look: { width: 390, height: 844 } });

testPage("web chat is dark where the system is, until the person decides", () => undefined, async (
  { page, anna },
) => {
  await anna.waitFor();
  const light = () => anna.evaluate((it) => getComputedStyle(it).backgroundColor);
  assertEquals(await light(), "rgb(23, 33, 43)");
  await button(page, "Цвета как в системе").click();
  await button(page, "Светлые цвета").waitFor();
  assertEquals(await light(), "rgb(255, 255, 255)");
  await page.reload();
  await button(page, "Светлые цвета").waitFor();
  assertEquals(await light(), "rgb(255, 255, 255)");
}, { look: { width: 1280, height: 860, colorScheme: "dark" } });

testPage("web chat explains itself once, and the bot as it describes itself", (bot) => {
  bot.command("start", (ctx) => ctx.reply("Вот и я"));
}, async ({ emulator, page, anna }) => {
  const words = new URLSearchParams({ description: "Узнаю карты" });
  const set = `${emulator.root}/bot${emulator.token}/setMyDescription?${words}`;
  await fetch(set).then((it) => it.json());
  await page.reload();
  const hint = page.getByRole("region", { name: "Что это?" });
  await hint.getByText("Сканируйте").waitFor();
  await button(hint, "Понятно").press("Enter");
  await hint.waitFor({ state: "detached" });
  await anna.getByText("Узнаю карты").waitFor();
  await button(anna, "Начать").click();
  await anna.getByText("Вот и я").waitFor();
  assertEquals(await anna.getByText("Узнаю карты").count(), 0);
}, { isFirst: true });

testPage("web chat is used without a mouse", (bot) => {
  const reply_markup = { inline_keyboard: [[{ text: "Дальше", callback_data: "next" }]] };
  bot.hears("раз", (ctx) => ctx.reply("Первая", { reply_markup }));
  bot.callbackQuery("next", (ctx) => ctx.answerCallbackQuery("Вторая"));
}, async ({ page, anna }) => {
  await field(anna).focus();
  await page.keyboard.type("раз");
  await page.keyboard.press("Enter");
  await anna.getByText("Первая").waitFor();
  await button(anna, "Дальше").focus();
  await page.keyboard.press("Enter");
  await anna.getByRole("status").getByText("Вторая").waitFor();
  await button(anna, "Действия с «Первая»").focus();
  await page.keyboard.press("Enter");
  await anna.getByRole("menuitem", { name: "Ответить" }).waitFor();
  await page.keyboard.press("Enter");
  await anna.locator(".reply-strip").getByText("Первая").waitFor();
  await page.keyboard.type("раз");
  await page.keyboard.press("Enter");
  await anna.getByRole("button", { name: "Показать сообщение «Первая»" }).waitFor();
  await anna.getByText("Первая").nth(1).waitFor();
  await page.keyboard.press("ArrowUp");
  await anna.locator(".reply-strip").getByText("Правка").waitFor();
  await field(anna).fill("поправлено");
  await page.keyboard.press("Enter");
  await anna.getByText("изменено").waitFor();
});

testPage("web chat tells that the bot is typing until it has written", (bot) => {
  const done = Promise.withResolvers<void>();
  bot.hears("думай", async (ctx) => {
    await ctx.replyWithChatAction("typing");
    void done.promise.then(() => ctx.reply("Придумал"));
  });
  bot.hears("готово", () => done.resolve());
}, async ({ anna }) => {
  await say(anna, "думай");
  await anna.getByRole("status").getByText("печатает…").waitFor();
  await say(anna, "готово");
  await anna.getByText("Придумал").waitFor();
  await anna.getByRole("status").getByText("бот", { exact: true }).waitFor();
});

testBrowser("web chat says when no bot takes what is said", async () => {
  const emulator = await startRoomEmulator();
  try {
    await withPage(emulator, async ({ page, anna }) => {
      await button(anna, "Начать").click();
      const away = page.getByText("Бот не забирает сообщения");
      await away.waitFor();
      await away.getByText(emulator.root).waitFor();
      await fetch(`${emulator.root}/bot${emulator.token}/getUpdates`).then((it) => it.json());
      await away.waitFor({ state: "detached" });
    });
  } finally {
    await emulator.close();
  }
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
    }, { expected: /ERR_/ });
  } finally {
    await second.close();
    await Deno.remove(folder, { recursive: true });
  }
});
