/// <reference lib="dom" />
/** The web chat in a true browser: nothing lies over what stands beside it. */
import { assert, assertEquals } from "@std/assert";
import type { Bot } from "grammy";
import { InputFile } from "grammy";
import type { Locator, Page } from "playwright-core";
import { plainPicture } from "./picture_of.ts";
import {
  button,
  field,
  OUR_BOT,
  say,
  startRoomEmulator,
  testBrowser,
  testPage,
  withPage,
} from "./web_chat_room.ts";

/** Every button and link in a place that something else would take a touch from. */
async function covered(place: Locator): Promise<string[]> {
  return await place.evaluate((it) =>
    Array.from(it.querySelectorAll<HTMLElement>("button, a[href], textarea")).filter((target) => {
      const { left, top, width, height } = target.getBoundingClientRect();
      const [x, y] = [left + width / 2, top + height / 2];
      const shown = target.closest(".viewport")?.getBoundingClientRect();
      const isOut = shown !== undefined && (y < shown.top || y > shown.bottom);
      const { opacity } = getComputedStyle(target);
      if (isOut || opacity === "0" || !target.checkVisibility()) return false;
      const hit = document.elementFromPoint(x, y);
      return !(hit && (target.contains(hit) || hit.contains(target)));
    }).map((target) => target.getAttribute("aria-label") ?? target.textContent ?? "")
  );
}

/** Pairs of these, drawn in the same place, that lie over one another. */
async function overlaps(page: Page, selectors: readonly string[]): Promise<string[]> {
  return await page.evaluate((selectors) => {
    const all = document.querySelectorAll<HTMLElement>(selectors.join());
    const boxes = Array.from(all).filter((it) => it.checkVisibility());
    return boxes.flatMap((one, i) =>
      boxes.slice(i + 1).filter((other) => {
        if (one.contains(other) || other.contains(one)) return false;
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
        return a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 &&
          b.top < a.bottom - 1;
      }).map((other) => `${one.className || one.tagName} and ${other.className || other.tagName}`)
    );
  }, selectors);
}

const rows = {
  inline_keyboard: Array.from({ length: 12 }, (_, i) => [
    { text: `Строка ${i}`, callback_data: String(i) },
  ]),
};

function teachRows(bot: Bot): void {
  bot.hears("ряды", async (ctx) => {
    const reply_markup = { keyboard: [[{ text: "Каталог" }], [{ text: "Помощь" }]] };
    await ctx.reply("Клавиши", { reply_markup });
    await ctx.reply("Ряды", { reply_markup: rows });
  });
  bot.on("callback_query", (ctx) => ctx.answerCallbackQuery("Очень длинное слово ".repeat(9)));
}

for (const [width, height] of [[390, 844], [1280, 800]] as const) {
  testPage(`web chat's notices cover no button, nor move one (${width} wide)`, teachRows, async (
    { anna },
  ) => {
    await say(anna, "ряды");
    const last = button(anna, "Строка 11");
    await last.waitFor();
    const before = await last.boundingBox();
    await last.click();
    await anna.locator(".notice").waitFor();
    assertEquals(await covered(anna), []);
    const after = await last.boundingBox();
    assert(before && after && Math.abs(before.y - after.y) < 2, `${before?.y} → ${after?.y}`);
    await anna.locator(".viewport").evaluate((it) => it.scrollTop = 60);
    assertEquals(await covered(anna.locator(".viewport")), []);
  }, { look: { width, height } });
}

for (const [width, height] of [[390, 844], [1400, 900]] as const) {
  testPage(
    `web chat's way to the last messages covers none of them (${width} wide)`,
    teachRows,
    async (
      { anna },
    ) => {
      await say(anna, "ряды");
      await button(anna, "Строка 11").waitFor();
      await say(anna, "ряды");
      await button(anna, "Строка 11").nth(1).waitFor();
      const jump = anna.locator(".jump");
      assertEquals(await jump.count(), 0);
      const viewport = anna.locator(".viewport");
      await viewport.evaluate((it) => it.scrollTop = 0);
      await jump.waitFor();
      const [below, messages] = [await jump.boundingBox(), await viewport.boundingBox()];
      assert(below && messages && below.y >= messages.y + messages.height);
      assertEquals(await covered(anna), []);
      await jump.click();
      await jump.waitFor({ state: "detached" });
      const left = await viewport.evaluate((it) =>
        it.scrollHeight - it.scrollTop - it.clientHeight
      );
      assert(left < 2, `${left}`);
    },
    { look: { width, height } },
  );
}

testPage("web chat's counts and lines of origin lie beside their neighbours", (bot) => {
  bot.on("inline_query", async (ctx) => {
    const file = new InputFile(await plainPicture(120, 90), "red.png");
    const { photo } = await ctx.api.sendPhoto(ctx.from.id, file);
    return ctx.answerInlineQuery([{
      type: "photo",
      id: "1",
      title: "Красное",
      photo_file_id: photo.at(-1)?.file_id ?? "",
    }]);
  });
  bot.hears(/./, (ctx) => ctx.reply("И вам"));
}, async ({ emulator, page, anna, boris }) => {
  await say(anna, "привет");
  await anna.getByText("И вам").waitFor();
  await field(anna).fill(`@${OUR_BOT} к`);
  await anna.getByRole("option", { name: /Красное/ }).click();
  await anna.locator(".own .origin").waitFor();
  const people = emulator.people().map(({ id }) => id);
  const person = emulator.person(people[0] ?? 0);
  const group = await person.create({
    kind: "group",
    title: "Грибники",
    members: people.slice(1),
  });
  for (let i = 0; i < 120; i++) await person.in(group).say("много");
  await boris.locator(".back .count").getByText("99+").waitFor();
  const chip = [".chip > *", ".top-bar > *"];
  const header = [".back > *", ".chat-header > .avatar", ".peer", ".chat-header > .tool"];
  const bubble = [".origin", ".words", ".photo", ".stamp", ".quote", ".author"];
  assertEquals(await overlaps(page, chip), []);
  assertEquals(await overlaps(page, header), []);
  // The time may stand in the picture, and in the room that words leave for it.
  const found = await overlaps(page, bubble);
  assertEquals(found.filter((pair) => !/stamp/.test(pair) || /origin|quote|author/.test(pair)), []);
  await button(boris, "Все чаты").click();
  await boris.locator(".chats .count").waitFor();
  assertEquals(await overlaps(page, [".chats .avatar", ".chats .about", ".chats .side"]), []);
});

for (const [width, height] of [[390, 844], [1280, 800]] as const) {
  testBrowser(`web chat says that it is offline beside all else (${width} wide)`, async () => {
    const emulator = await startRoomEmulator();
    await withPage(emulator, async ({ page, anna }) => {
      await button(anna, "Начать").waitFor();
      await emulator.close();
      await page.getByText("Нет связи").waitFor();
      const parts = [".top-bar", ".offline", ".phone"];
      assertEquals(await overlaps(page, parts), []);
      assertEquals(await covered(page.locator("body")), []);
    }, { expected: /ERR_/, look: { width, height } });
  });
}

const sizes = [[390, 844, 2], [1024, 768, 2], [1280, 800, 2], [1280, 800, 3], [1440, 900, 3]];
for (const [width = 0, height = 0, count = 0] of sizes) {
  testBrowser(`web chat's drawer hides none of ${count} phones (${width} wide)`, async () => {
    const people = ["Анна", "Борис", "Вера"].slice(0, count).map((first_name) => ({ first_name }));
    const emulator = await startRoomEmulator({ people });
    try {
      await withPage(emulator, async ({ page, anna }) => {
        await anna.waitFor();
        if (count > 2) await page.getByRole("navigation").getByText("Вера").click();
        const phones = page.locator(".phone");
        const shown = await phones.count();
        assertEquals(shown, width > 760 ? count : 1);
        await button(page, "Что видит бот").click();
        await page.locator(".drawer").waitFor();
        assertEquals(await phones.count(), shown);
        assertEquals(await overlaps(page, [".phone", ".drawer", ".top-bar"]), []);
        for (const phone of await phones.all()) {
          const box = await phone.boundingBox();
          assert(box && box.x >= 0 && box.x + box.width <= width && box.height > 300);
          assertEquals(await covered(phone), []);
        }
      }, { look: { width, height } });
    } finally {
      await emulator.close();
    }
  });
}
