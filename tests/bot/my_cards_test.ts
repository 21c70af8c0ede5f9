import { type PersonHandle, readQr } from "@amanita/emulator";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { botTestOnEach, type BotWorld } from "./bot_world.ts";
import { allWords, issueByChat, pictureOf, words } from "./issue_by_chat.ts";
import { withdraw } from "./withdraw.ts";

const { label, note } = catalogues.ru;

/** Opens the list anew. */
async function openList(world: BotWorld, phone = world.maker): Promise<Message> {
  await phone.say("/admin");
  await world.settled();
  const [list] = await world.answers(phone, () => world.tap(phone, label("list")));
  assert(list);
  return list;
}

const lastRow = [label("search"), label("export")];
const controls = [
  ...[label("labels"), label("history"), label("share"), label("share_link"), label("list")],
  ...[label("correct"), label("withdraw")],
];
const numbersIn = (message: Message | undefined) =>
  [...(message && words(message) || "").matchAll(/№\u00a0(\d+)/g)].map(([, number]) =>
    Number(number)
  );
const labelsIn = (message: Message | undefined) =>
  message?.reply_markup?.inline_keyboard.flat().map(({ text }) => text) ?? [];
const messageOf = (phone: PersonHandle, { message_id }: Message) =>
  phone.messages().find((message) => message.message_id === message_id);

botTestOnEach(
  "list of 23 cards is turned in place, and the log does not hear of it",
  async (world) => {
    const { maker } = world;
    for (let issued = 0; issued < 23; issued++) await issueByChat(world, { packaged: true });
    const list = await openList(world);
    const facts = (await world.facts()).length;
    const messages = maker.messages().length;
    const shown = () => messageOf(maker, list);
    const from = (newest: number, oldest: number) =>
      Array.from({ length: newest - oldest + 1 }, (_, i) => newest - i);
    assertEquals(numbersIn(shown()), from(23, 14));
    assertStringIncludes(words(list), "23, страница 1 из 3");
    assertEquals(labelsIn(shown()).slice(10), [label("next"), ...lastRow]);
    for (
      const [button, expected, pager] of [
        [label("next"), from(13, 4), [label("previous"), label("next")]],
        [label("next"), from(3, 1), [label("previous")]],
        [label("previous"), from(13, 4), [label("previous"), label("next")]],
        [label("previous"), from(23, 14), [label("next")]],
      ] as const
    ) {
      await world.tap(maker, button);
      await world.settled();
      assertEquals(numbersIn(shown()), expected);
      assertEquals(labelsIn(shown()).slice(expected.length), [...pager, ...lastRow]);
    }
    assertEquals([(await world.facts()).length, maker.messages().length], [facts, messages]);
  },
);

botTestOnEach(
  "another maker's cards are neither shown nor opened by forged data",
  async (world) => {
    const other = world.addPerson({ admin: true });
    await world.stop();
    await world.start();
    const { number, code } = await issueByChat(world);
    assertStringIncludes(words(await openList(world, other)), "карт нет");
    for (const action of ["look", "withdraw", "restore"]) {
      const seen = await world.answers(other, () => world.forge(other, `1:${action}:${number}`));
      assertEquals(seen.filter(({ text }) => text !== "Tap me"), []);
      assertEquals(other.toasts().at(-1)?.text, note("own_card_missing"));
    }
    const [card] = await world.sql<{ active: boolean }[]>`select active from cards`;
    assertEquals(card?.active, true);
    assertEquals(JSON.stringify(other.messages()).replaceAll(" ", "").includes(code), false);
  },
);

botTestOnEach(
  "opened card shows its photos, its QR and how often it was checked",
  async (world) => {
    const { maker, buyer, emulator } = world;
    const { code } = await issueByChat(world, { packaged: true });
    await world.answers(buyer, () => buyer.start(`v_${code}`));
    assertMatch(
      words(await openList(world)),
      /№\u00a01 \u2068Зимнее море\u2069 — 1 проверка, 1 человек/,
    );
    const seen = await world.answers(maker, () => world.tap(maker, "№\u00a01"));
    assertEquals(seen.map(({ photo }) => photo !== undefined), [true, true, true]);
    assertStringIncludes(allWords(seen), "Проверена 1 раз одним человеком.");
    const link = `https://t.me/${emulator.bot.username}?start=v_${code}`;
    assertEquals(await readQr(pictureOf(maker, seen.at(-1))), link);
    assertEquals(labelsIn(seen.at(-1)), controls);
  },
);

botTestOnEach(
  "card is withdrawn with a reason and a confirmation, and brought back",
  async (world) => {
    const { maker } = world;
    await issueByChat(world);
    await withdraw(world, "  Украдена\n из сейфа ", async (confirm) => {
      const asked = maker.messages().findLast(({ from }) => from?.is_bot);
      assertMatch(
        asked?.text ?? "",
        /^Отозвать карту №\u00a01\?\nЗимнее море\n\nПричина: \u2068Украдена из сейфа\u2069/,
      );
      assertEquals((await world.facts("CardWithdrawn")).length, 0);
      await confirm();
    });
    const [fact] = await world.facts("CardWithdrawn");
    assertEquals(fact?.data.reason, "Украдена из сейфа");
    const list = await openList(world);
    assertStringIncludes(words(list), "Действующих карт нет");
    await world.tap(maker, `${label("withdrawn")} (1)`);
    await world.settled();
    assertEquals(numbersIn(messageOf(maker, list)), [1]);
    const seen = await world.answers(maker, () => world.tap(maker, "№\u00a01"));
    assertStringIncludes(allWords(seen), "Отозвана: \u2068Украдена из сейфа\u2069");
    const restored = await world.answers(maker, () => world.tap(maker, label("restore")));
    assertEquals(labelsIn(restored.at(-1)), controls);
    assertEquals(maker.toasts().at(-1)?.text, note("card_restored"));
    assertEquals(numbersIn(await openList(world)), [1]);
    await world.answers(maker, () => world.forge(maker, "1:restore:1"));
    assertEquals(maker.toasts().at(-1)?.text, note("card_not_withdrawn"));
    assertEquals((await world.facts("CardRestored")).length, 1);
  },
);

botTestOnEach(
  "reason of a withdrawal must have something to see and at most 120 characters",
  async (world) => {
    const { maker } = world;
    await issueByChat(world);
    await openList(world);
    for (const button of ["№\u00a01", label("withdraw")]) {
      await world.answers(maker, () => world.tap(maker, button));
    }
    const tell = async (text: string) =>
      allWords(await world.answers(maker, () => maker.say(text)));
    assertStringIncludes(await tell("\u2060"), "ни одного видимого знака");
    assertStringIncludes(await tell("ы".repeat(121)), "Причина длиннее 120 знаков");
    assertStringIncludes(await tell("ы".repeat(120)), "Отозвать карту №\u00a01?");
  },
);

botTestOnEach("statistics say what SQL says", async (world) => {
  const { maker, sql } = world;
  const cards = [await issueByChat(world, { name: "Редкая" })];
  for (const name of ["Частая", "Вторая", "Тихая"]) cards.push(await issueByChat(world, { name }));
  const [rare, frequent, second] = cards;
  const people = [world.buyer, world.addPerson(), world.addPerson()];
  for (const card of [frequent, frequent, frequent, second, second, rare]) {
    await Promise.all(
      people.slice(0, card === rare ? 1 : 3).map((it) => it.start(`v_${card?.code}`)),
    );
  }
  await world.settled();
  await withdraw(world, "Просто так");
  await maker.say("/admin");
  await world.settled();
  const [said] = await world.answers(maker, () => world.tap(maker, label("stats")));
  const [truth] = await sql<{ cards: number; checks: number; people: number }[]>`
    select count(*) filter (where type = 'CardIssued')::int as cards,
      count(*) filter (where type = 'CardVerified')::int as checks,
      count(distinct data->>'verifier')::int as people
    from events`;
  assertEquals({ ...truth }, { cards: 4, checks: 16, people: 3 });
  assertEquals(
    said && words(said).replaceAll(/[\u2068\u2069]/g, ""),
    [
      "Статистика\n\nВсего 4 карты, действующих: 3\nПроверок: 16\nПроверяли: 3 человека",
      "\nСегодня (с 00:00 UTC): 16 проверок\nЗа 7 дней: 16 проверок\n\nЧаще всего проверяют",
      "\n№\u00a02 Частая — 9 проверок\n№\u00a03 Вторая — 6 проверок\n№\u00a01 Редкая — 1 проверка",
    ].join(""),
  );
});
