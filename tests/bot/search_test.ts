import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { words as exportCards } from "../../src/flows/export_cards/words.ts";
import { botTestOnEach, type BotWorld } from "./bot_world.ts";
import { fileOf, issueBatch } from "./issue_batch.ts";
import { issueByChat, words } from "./issue_by_chat.ts";
import { withdraw } from "./withdraw.ts";
import { type ReadCell, readXlsx } from "../flows/export_cards/read_xlsx.ts";

const { label } = catalogues.ru;
const { tables } = exportCards.ru;

/** Searches among the maker's cards, from the list's own button. */
async function search(world: BotWorld, query: string): Promise<Message> {
  const { maker } = world;
  await world.answers(maker, () => world.forge(maker, "1:list"));
  await world.answers(maker, () => world.tap(maker, label("search")));
  const [found] = await world.answers(maker, () => maker.say(query));
  if (!found) throw new Error("Nothing was shown");
  return found;
}

const buttonsOf = (message: Message | undefined) =>
  message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];

botTestOnEach("search finds cards by words and by number, and opens them", async (world) => {
  const { maker } = world;
  await issueByChat(world, { name: "Ёжик в тумане" });
  await issueByChat(world, { name: "Лунная поляна" });
  const found = await search(world, "ТУМАН ежик");
  assertStringIncludes(words(found), "Мои карты, поиск «\u2068ТУМАН ежик\u2069»: 1");
  assertEquals(buttonsOf(found), ["№\u00a01", label("search"), label("list")]);
  assertEquals(buttonsOf(await search(world, "№ 2")), ["№\u00a02", label("search"), label("list")]);
  const shown = await world.answers(maker, () => world.tap(maker, "№\u00a02"));
  assertStringIncludes(shown.map(words).join("\n"), "Лунная поляна");
  assertStringIncludes(words(await search(world, "<b>никто</b>")), "Ничего не нашлось.");
  const kept = JSON.stringify(await world.facts());
  assertEquals(["ежик", "никто"].filter((word) => kept.includes(word)), []);
  assertEquals(maker.messages().filter(({ text }) => /номер карты или слова/.test(text ?? "")), []);
});

botTestOnEach("what is found is turned and filtered in place", async (world) => {
  const { maker } = world;
  for (let card = 0; card < 12; card++) await issueByChat(world, { name: "Зимнее море" });
  await withdraw(world, "брак");
  await issueByChat(world, { name: "Летний лес" });
  const found = await search(world, "зимнее");
  const facts = (await world.facts()).length;
  const shown = () => maker.messages().find(({ message_id }) => message_id === found.message_id);
  assertStringIncludes(words(found), "11, страница 1 из 2");
  await world.tap(maker, label("next"));
  await world.settled();
  assertEquals(buttonsOf(shown()).slice(0, 2), ["№\u00a01", label("previous")]);
  await world.tap(maker, `${label("withdrawn")} (1)`);
  await world.settled();
  assertEquals(buttonsOf(shown()).slice(0, 2), ["№\u00a012", `${label("active")} (11)`]);
  assertStringIncludes(words(shown()!), "Отозванные карты, поиск «\u2068зимнее\u2069»: 1");
  assertEquals((await world.facts()).length, facts);
});

botTestOnEach("search that only a withdrawn card fits shows that one", async (world) => {
  await issueByChat(world, { name: "Ёжик в тумане" });
  await issueByChat(world, { name: "Лунная поляна" });
  await withdraw(world, "брак");
  assertStringIncludes(words(await search(world, "луна поля")), "Ничего не нашлось.");
  assertEquals(buttonsOf(await search(world, "лунн"))[0], "№\u00a02");
});

botTestOnEach("export sends cards and checks as tables, without anybody's name", async (world) => {
  const { maker, buyer } = world;
  const card = await issueByChat(world, {
    name: '=HYPERLINK("x")',
    description: 'Холст,\n"масло"',
  });
  await world.answers(buyer, () => buyer.start(`v_${card.code}`));
  await world.answers(maker, () => world.forge(maker, "1:list"));
  const sent = await world.answers(maker, () => world.tap(maker, label("export")));
  assertEquals(sent.map(({ document }) => document?.file_name), ["cards.xlsx", "checks.xlsx"]);
  const [cards = [], checks = []] = sent.map((message) => readXlsx(fileOf(maker, message))[0]);
  const timeless = (rows: ReadCell[][]) =>
    rows.map((row) => row.map((cell) => cell !== null && typeof cell === "object" ? "T" : cell));
  const zoned = (heading: string) => tables.times.includes(heading) ? `${heading} (UTC)` : heading;
  const name = `'=HYPERLINK("x")`;
  assertEquals(timeless(cards), [
    tables.cards.map(zoned),
    [
      ...[1, name, 'Холст,\n"масло"', null, null, card.code, "T", null],
      ...["действует", null, 1, 1, "T"],
    ],
  ]);
  assertEquals(timeless(checks), [tables.scans.map(zoned), [1, name, 1, 1, "T", "действует"]]);
  for (const name of ["Борис", "Ветров", "boris", `${buyer.id}`]) {
    assertEquals(JSON.stringify([cards, checks]).includes(name), false);
  }
});

botTestOnEach("search and export are refused to whoever is no maker", async (world) => {
  const { buyer } = world;
  await buyer.start();
  for (const data of ["1:search", "1:export", "1:batch", "1:find:0:a:море"]) {
    const seen = await world.answers(buyer, () => world.forge(buyer, data));
    assertEquals(seen.filter(({ document }) => document), []);
  }
  const said = await world.answers(buyer, () => buyer.say("/batch"));
  assertEquals(said.map(words), [catalogues.ru.text("admin_refused", {})]);
});

botTestOnEach(
  "batch is one line of the list and of what is found, and opens its copies",
  async (world) => {
    const { maker, buyer } = world;
    await issueByChat(world, { name: "Летний лес" });
    const { cards } = await issueBatch(world, 12, { name: "Зонт" });
    await buyer.say(cards[2]?.code ?? "");
    await world.settled();
    const [list] = await world.answers(maker, () => world.forge(maker, "1:list")).then((it) =>
      it.slice(1)
    );
    assertEquals(
      words(list!),
      "Мои карты: 13\n\n№\u00a02–13 \u2068Зонт\u2069 · тираж\u00a012 — 1 проверка\n" +
        "№\u00a01 \u2068Летний лес\u2069 — ещё не проверяли",
    );
    assertEquals(buttonsOf(list).slice(0, 2), ["№\u00a02–13", "№\u00a01"]);
    const shown = () => maker.messages().find(({ message_id }) => message_id === list?.message_id);
    await world.tap(maker, "№\u00a02–13");
    await world.settled();
    assertStringIncludes(
      words(shown()!),
      "\u2068Зонт\u2069 · тираж\u00a012, страница 1 из 2\n\n1 из 12 · №\u00a02 — ещё не проверяли\n",
    );
    assertStringIncludes(words(shown()!), "3 из 12 · №\u00a04 — 1 проверка, 1 человек");
    assertEquals(buttonsOf(shown()).slice(10), [
      label("next"),
      label("batch_labels"),
      label("list"),
    ]);
    await world.tap(maker, label("next"));
    await world.settled();
    assertEquals(buttonsOf(shown()), [
      ...["№\u00a012", "№\u00a013", label("previous"), label("batch_labels"), label("list")],
    ]);
    await world.tap(maker, label("list"));
    await world.settled();
    assertStringIncludes(words(shown()!), "Мои карты: 13");
    const found = await search(world, "зонт");
    assertEquals(buttonsOf(found), ["№\u00a02–13", label("search"), label("list")]);
    const byNumber = await search(world, "4");
    assertStringIncludes(
      words(byNumber),
      "№\u00a04 \u2068Зонт\u2069, 3 из 12 — 1 проверка, 1 человек",
    );
    assertEquals(buttonsOf(byNumber)[0], "№\u00a04");
  },
);

botTestOnEach(
  "copies of a batch are for its maker only, and marked when withdrawn",
  async (world) => {
    const { maker, buyer, sql } = world;
    const { cards } = await issueBatch(world, 3, { name: "Зонт" });
    await world.forge(maker, "1:withdraw:2");
    await world.answers(maker, () => maker.say("брак"));
    await world.answers(maker, () => world.forge(maker, "1:confirm:2"));
    const [list] = (await world.answers(maker, () => world.forge(maker, "1:list"))).slice(1);
    assertStringIncludes(
      words(list!),
      "№\u00a01…3 \u2068Зонт\u2069 · тираж\u00a03, из них здесь 2",
    );
    await world.tap(maker, "№\u00a01…3");
    await world.settled();
    const shown = maker.messages().find(({ message_id }) => message_id === list?.message_id);
    assertStringIncludes(words(shown!), "2 из 3 · №\u00a02 — ⛔️ отозвана, ещё не проверяли");
    await buyer.start();
    const [fourth] = await world.answers(buyer, () => world.forge(buyer, "1:copies:0:1"));
    assertEquals(fourth?.text, "Tap me");
    assertEquals((await sql`select card from cards`).length, cards.length);
  },
);

botTestOnEach("search that is cut says so, and no other does", async (world) => {
  await issueByChat(world, { name: "Зонт" });
  const cut = "Запрос длинный: искал только по его началу.";
  assertStringIncludes(words(await search(world, "зонт ".repeat(20))), cut);
  assertEquals(words(await search(world, "  з".repeat(15))).includes(cut), false);
  assertEquals(words(await search(world, "зонт")).includes(cut), false);
  const asked = catalogues.ru.text("ask_query", {});
  assertEquals(/первым|23/.test(asked), false);
});
