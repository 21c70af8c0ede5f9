/// <reference lib="dom" />
/** The web chat in a true browser: it speaks the language of whoever sits before it. */
import { assert, assertEquals } from "@std/assert";
import { speak } from "../../src/emulator/web/live/words.ts";
import { en } from "../../src/emulator/web/live/words_en.ts";
import { ru } from "../../src/emulator/web/live/words_ru.ts";
import { phoneNamed, startRoomEmulator, testBrowser, testPage, withPage } from "./web_chat_room.ts";

const english = { width: 1280, height: 860, locale: "en-GB" };

/** A word's text, with something in place of what it is told. */
const textOf = (word: unknown) =>
  typeof word === "function" ? String(word("2", "2")) : String(word);

Deno.test("page's words have the same names in both languages, and each its own letters", () => {
  assertEquals(Object.keys(en).toSorted(), Object.keys(ru).toSorted());
  const entries = (words: object) => Object.entries(words).map(([key, it]) => [key, textOf(it)]);
  assertEquals(entries(en).filter(([, text]) => /\p{Script=Cyrillic}/u.test(text ?? "")), []);
  const foreign = entries(ru).filter(([key, text]) =>
    key !== "language" && /[a-z]/i.test((text ?? "").replace(/Telegram|QR|Bot API/g, ""))
  );
  assertEquals(foreign, []);
  assertEquals([...entries(ru), ...entries(en)].filter(([, text]) => text?.trim() === ""), []);
});

Deno.test("page speaks the first of a person's languages that it knows, else Russian", () => {
  const spoken = (...languages: string[]) => speak(languages).words.language;
  assertEquals(spoken("en-GB", "ru"), "en");
  assertEquals(spoken("de-DE", "EN-us"), "en");
  assertEquals(spoken("ru-RU", "en"), "ru");
  assertEquals([spoken("de", "uk"), spoken()], ["ru", "ru"]);
  assertEquals(speak(["de", "en-GB"]).locale, "en-GB");
});

Deno.test("page counts in the forms of each language", () => {
  assertEquals([1, 3, 11, 25].map(ru.members), [
    ...["1 участник", "3 участника", "11 участников", "25 участников"],
  ]);
  assertEquals([1, 3].map(en.members), ["1 member", "3 members"]);
  assertEquals([ru.phoneOf("Борис"), en.phoneOf("Boris")], ["Телефон Бориса", "Boris’s phone"]);
  assertEquals(ru.scanWith("Анна Смирнова"), "Сканировать телефоном Анны (Смирнова)");
});

testPage("web chat is English in an English browser, down to the names of its buttons", (bot) => {
  bot.command("start", (ctx) => ctx.reply("Hello"));
}, async ({ page }) => {
  const anna = phoneNamed(page, "Анна’s phone");
  await anna.getByRole("button", { name: "Start", exact: true }).click();
  await anna.getByText("Hello").waitFor();
  assertEquals(await page.locator("html").getAttribute("lang"), "en");
  await page.waitForFunction(() => document.title.endsWith(" — phones side by side"));
  // The names of people, of the bot and of languages stay as they are.
  const names = /Анна|Смирнова|Борис|Мухомор|Русский|Українська|АС|Б|М/g;
  const spoken = async () => {
    const said = await page.evaluate(() => {
      const attributes = ["aria-label", "title", "placeholder", "alt", "data-drop"];
      const told = Array.from(
        document.querySelectorAll("body *"),
        (it) => attributes.map((name) => it.getAttribute(name) ?? "").join(" "),
      );
      return [document.body.innerText, ...told].join("\n");
    });
    return said.replaceAll(names, "").match(/.*\p{Script=Cyrillic}.*/u)?.[0] ?? null;
  };
  assertEquals(await spoken(), null);
  await anna.getByRole("button", { name: "Actions for “Hello”" }).click();
  await anna.getByRole("menuitem", { name: "Reply" }).waitFor();
  assertEquals(await spoken(), null);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "What is this?" }).click();
  await page.getByRole("button", { name: "What the bot sees" }).click();
  await page.getByRole("button", { name: "Add a person" }).click();
  assertEquals(await page.getByLabel("Language").inputValue(), "en");
  assertEquals(await spoken(), null);
}, { look: english });

testBrowser("web chat tells two people of one name apart", async () => {
  const people = [{ first_name: "Анна", last_name: "Смирнова" }, { first_name: "Анна" }];
  const emulator = await startRoomEmulator({ people });
  try {
    await withPage(emulator, async ({ page }) => {
      await phoneNamed(page, "Телефон Анны (Смирнова)").waitFor();
      await phoneNamed(page, "Телефон Анны").waitFor();
    });
  } finally {
    await emulator.close();
  }
});

const tooMuch = "много ".repeat(1000);

for (
  const [locale, phone, sentence] of [
    ["ru-RU", "Телефон Анны", "Не отправилось: в одно сообщение помещается 4096 знаков"],
    ["en-US", "Анна’s phone", "Not sent: one message holds 4096 characters"],
  ] as const
) {
  testPage(`web chat says in one language what is refused (${locale})`, () => undefined, async (
    { page },
  ) => {
    const anna = phoneNamed(page, phone);
    const text = anna.getByRole("textbox");
    await text.fill(tooMuch);
    await text.press("Enter");
    await anna.locator(".notice").waitFor();
    assertEquals(await anna.locator(".notice").textContent(), sentence);
    assert((await text.inputValue()).length > 4096, "what was typed is lost");
  }, { look: { ...english, locale }, expected: /400/ });
}
