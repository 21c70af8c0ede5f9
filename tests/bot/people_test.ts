import type { PersonHandle } from "@amanita/emulator";
import { assert, assertEquals, assertExists, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { flowParts } from "../../src/flows/all_flows.ts";
import { botTest } from "./bot_world.ts";
import { allWords, issueByChat } from "./issue_by_chat.ts";
import { withdraw } from "./withdraw.ts";

const { text, label } = catalogues.ru;

/** Everything that Telegram or a locale might take for something else. */
const odd = "<b>Ёж</b> & «🍄» שלום 𝔘 &amp; </i>";

botTest("names, descriptions and reasons are shown as they were typed", async (world) => {
  const { maker, buyer } = world;
  const { code, shown } = await issueByChat(world, { name: odd, description: `${odd}\n${odd}` });
  const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
  await maker.say("/admin");
  await world.settled();
  const list = await world.answers(maker, () => world.tap(maker, label("list")));
  const own = await world.answers(maker, () => world.tap(maker, "№\u00a01"));
  await withdraw(world, odd);
  const withdrawn = await world.answers(buyer, () => buyer.start(`v_${code}`));
  for (const messages of [shown, verdict, list, own, withdrawn]) {
    assertStringIncludes(allWords(messages), odd);
  }
  for (const messages of [shown, verdict, own]) {
    assertStringIncludes(allWords(messages), `${odd}\n\n${odd}\n${odd}\n`.trimEnd());
    assertEquals(boldIn(messages[0]).at(-1), odd);
  }
  assertStringIncludes(allWords(withdrawn), `Причина: \u2068${odd}\u2069`);
  assertStringIncludes(allWords(verdict), `Мастер: \u2068Анна <i> & שלום 🍄\u2069`);
}, { maker: { first_name: "Анна <i>", last_name: "& שלום 🍄" } });

/** The parts of a caption that are bold. */
function boldIn(message: Message | undefined): string[] {
  assertExists(message?.caption);
  const { caption, caption_entities = [] } = message;
  return caption_entities.filter(({ type }) => type === "bold")
    .map(({ offset, length }) => caption.slice(offset, offset + length));
}

botTest(
  "shared card is shown by its number, counts nothing, and its code is nowhere",
  async (world) => {
    const { buyer } = world;
    const { code, number } = await issueByChat(world);
    const friend = world.addPerson();
    const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
    const button = verdict.at(-1)?.reply_markup?.inline_keyboard.flat()
      .find(({ text }) => text === label("share_link"));
    assert(button && "url" in button);
    assertEquals(button.url.includes(code), false);
    const shared = new URL(button.url);
    assertEquals(shared.origin + shared.pathname, "https://t.me/share/url");
    const link = new URL(shared.searchParams.get("url") ?? "");
    assertEquals(link.searchParams.get("start"), `c_${number}`);
    const seen = await world.answers(
      friend,
      () => friend.start(link.searchParams.get("start") ?? ""),
    );
    assertStringIncludes(allWords(seen), "Карта №\u00a01\nЗимнее море\n\nХолст, масло\n\nМастер:");
    assertStringIncludes(allWords(seen), "Это только просмотр.");
    assertEquals(
      seen.filter(({ photo }) => photo).length,
      1,
    );
    assertEquals(seen.flatMap(({ reply_markup }) => reply_markup ?? []), []);
    assertEquals(holds(friend, code), false);
    const [card] = await world.sql<{ checks: number }[]>`select checks from cards`;
    assertEquals(card?.checks, 1);
    assertEquals((await world.facts("CardVerified")).length, 1);
  },
);

/** Whether the bot has told this code to this person, however it is spaced. */
function holds(phone: PersonHandle, code: string): boolean {
  const told = phone.messages().filter(({ from }) => from?.is_bot);
  return JSON.stringify(told).replaceAll(/[ -]/g, "").includes(code);
}

botTest("number that no card has is answered with a sentence", async (world) => {
  const { buyer } = world;
  const seen = await world.answers(buyer, () => buyer.start("c_7"));
  assertStringIncludes(allWords(seen), "Карту №\u00a07 показать не могу");
});

botTest("stranger who types /admin gets a plain refusal without buttons", async (world) => {
  const { buyer } = world;
  const [said, ...more] = await world.answers(buyer, () => buyer.say("/admin"));
  assertEquals([said?.text, more.length], [text("admin_refused", {}), 0]);
  assertEquals(said?.reply_markup, undefined);
});

const notes = new Set(flowParts.flatMap(({ words }) => Object.values(words.ru.notes ?? {})));

const forged = ["issue", "list", "stats", "skip", "cancel", "look:1", "withdraw:1", "confirm:1"]
  .concat("restore:1", "page:0:a", "page:0:w", "nonsense", "look:0", "look:1:1");

botTest("stranger's forged taps are answered, and get nothing", async (world) => {
  const { buyer, maker } = world;
  const { code } = await issueByChat(world);
  await world.answers(buyer, () => buyer.start());
  for (const data of forged) {
    const seen = await world.answers(buyer, () => world.forge(buyer, `1:${data}`));
    const said = seen.filter(({ text }) => text !== "Tap me");
    assertEquals(said.flatMap(({ reply_markup }) => reply_markup ?? []), [], data);
    assertEquals(said.some(({ photo }) => photo), false, data);
    const note = buyer.toasts().at(-1)?.text ?? "";
    assert(said.length > 0 || notes.has(note), `Nobody answers ${data}`);
  }
  await world.answers(buyer, () => world.forge(buyer, "\u2067".repeat(20)));
  assertEquals(holds(buyer, code), false);
  const kinds = new Set((await world.facts()).map(({ type }) => type));
  for (const kind of ["CardWithdrawn", "StatsAsked", "CardListOpened", "OwnCardChosen"]) {
    assertEquals(kinds.has(kind), false);
  }
  assertEquals((await world.facts("IssueBegun")).length, 1);
  assertStringIncludes(allWords(maker.messages().slice(-1)), "Напечатайте QR-код");
});

botTest("maker who lost the right keeps no way in", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  await maker.say("/admin");
  await world.settled();
  world.dismiss(maker);
  await world.stop();
  await world.start();
  for (const button of [label("list"), label("stats"), label("issue")]) {
    const said = allWords(await world.answers(maker, () => world.tap(maker, button)));
    assertEquals(said, text("admin_refused", {}));
  }
});
