import type { PersonHandle } from "@amanita/emulator";
import { assert, assertEquals, assertExists, assertMatch, assertStringIncludes } from "@std/assert";
import { catalogues } from "../../src/flows/catalogues.ts";
import { words as makers } from "../../src/flows/makers/words.ts";
import { plainPicture } from "../emulator/picture_of.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, beginIssue, issueByChat, words } from "./issue_by_chat.ts";

const { text, label } = catalogues.ru;
const { welcomes } = makers.ru;

/** The owner asks for a link; its token. */
async function invite(world: BotWorld): Promise<string> {
  const { maker: owner } = world;
  await world.answers(owner, () => owner.say("/admin"));
  await world.answers(owner, () => world.tap(owner, label("makers")));
  const [said] = await world.answers(owner, () => world.tap(owner, label("invite")));
  const link = /https:\/\/t\.me\/\S+\?start=(m_\S+)/.exec(said?.text ?? "");
  assertExists(link?.[1], said?.text);
  return link[1];
}

/** Somebody who became a maker by an invitation. */
async function join(world: BotWorld, first_name: string): Promise<PersonHandle> {
  const person = world.addPerson({ first_name });
  const token = await invite(world);
  const [said] = await world.answers(person, () => person.start(token));
  assertEquals(said?.text, welcomes.joined);
  return person;
}

botTest("an invitation makes one person a maker, who issues cards", async (world) => {
  const { api } = world;
  const token = await invite(world);
  const [vera, gleb] = [world.addPerson({ first_name: "Вера" }), world.addPerson()];
  const [said] = await world.answers(vera, () => vera.start(token));
  assertEquals(said?.text, welcomes.joined);
  const menu = await api.getMyCommands({ scope: { type: "chat", chat_id: vera.id } });
  assertEquals(menu[0]?.command, "admin");
  const [used] = await world.answers(gleb, () => gleb.start(token));
  assertEquals(used?.text, welcomes.used);
  const [wrong] = await world.answers(gleb, () => gleb.start("m_nonsense"));
  assertEquals(wrong?.text, welcomes.unknown);
  const card = await issueByChat(world, { by: vera });
  const [row] = await world.sql<{ maker: string }[]>`select maker from cards`;
  assertStringIncludes(allWords(card.shown), "Карта готова");
  const [again] = await world.answers(vera, () => vera.start(token));
  assertEquals(again?.text, "Меню мастера\nЧто сделаем?");
  assertEquals((await world.facts("InvitationPresented")).length, 3);
  assert(row);
});

botTest("no token stands in the log, the outbox or a log line in the clear", async (world) => {
  const vera = world.addPerson();
  const start = await invite(world);
  await world.answers(vera, () => vera.start(start));
  const token = start.slice("m_".length);
  const [found] = await world.sql<{ kept: string }[]>`
    select concat((select string_agg(e::text, '') from events e),
      (select string_agg(o::text, '') from outbox o),
      (select string_agg(i::text, '') from invitations i)) as kept`;
  assertEquals(found?.kept.includes(token), false);
  assertEquals(world.log().join("\n").includes(token), false);
  assertEquals((await world.facts("MakerInvited")).length, 1);
});

botTest("an owner sees the makers and lets one go, which takes their rights", async (world) => {
  const { maker: owner, api } = world;
  const vera = await join(world, "Вера");
  await issueByChat(world, { by: vera });
  const [list] = await world.answers(owner, () => world.tap(owner, label("makers")));
  assertEquals(list && words(list), "Мастера\n\n\u2068Вера\u2069 — 1 карта");
  const [one] = await world.answers(owner, () => world.tap(owner, "Вера"));
  assertMatch(one?.text ?? "", /^\u2068Вера\u2069\nМастер с .*\nВыпущено: 1 карта$/);
  await world.answers(vera, () => vera.say("/admin"));
  const learned = await world.answers(vera, () => world.tap(owner, label("dismiss")));
  assertEquals(learned.map(words), [text("dismissal_learned", {})]);
  const menu = await api.getMyCommands({ scope: { type: "chat", chat_id: vera.id } });
  assertEquals(menu.map(({ command }) => command).includes("admin"), false);
  for (const button of [label("issue"), label("list"), label("stats")]) {
    const said = allWords(await world.answers(vera, () => world.tap(vera, button)));
    assertEquals(said, text("admin_refused", {}));
  }
  const [left] = await world.answers(owner, () => world.tap(owner, label("makers")));
  assertStringIncludes(left?.text ?? "", "Пока никого");
});

botTest("the 51st maker is reached by the pager's buttons, and let go", async (world) => {
  const { maker: owner } = world;
  const names = Array.from({ length: 51 }, (_, i) => `Мастер${i + 1}.`);
  for (const first_name of names) await join(world, first_name);
  await world.answers(owner, () => owner.say("/admin"));
  const [list] = await world.answers(owner, () => world.tap(owner, label("makers")));
  const shown = () =>
    owner.messages().find(({ message_id }) => message_id === list?.message_id)?.reply_markup
      ?.inline_keyboard.flat().map(({ text }) => text) ?? [];
  assertStringIncludes(list?.text ?? "", "Мастера, всего 51, страница 1 из 6");
  const facts = (await world.facts()).length;
  const seen = shown().filter((it) => names.includes(it));
  while (shown().includes(label("next"))) {
    await world.tap(owner, label("next"));
    await world.settled();
    seen.push(...shown().filter((it) => names.includes(it)));
  }
  assertEquals(seen, names.toReversed());
  assertEquals((await world.facts()).length, facts);
  assertEquals(shown(), ["Мастер1.", label("previous"), label("invite")]);
  await world.answers(owner, () => world.tap(owner, "Мастер1."));
  await world.answers(owner, () => world.tap(owner, label("dismiss")));
  assertEquals((await world.facts("MakerDismissed")).length, 1);
  const [left] = await world.answers(owner, () => world.tap(owner, label("makers")));
  assertStringIncludes(left?.text ?? "", "Мастера, всего 50, страница 1 из 5");
});

botTest("a maker's forged tap turns no page of the makers", async (world) => {
  const vera = await join(world, "Вера");
  const said = await world.answers(vera, () => world.forge(vera, "1:makers_page:0"));
  assertEquals(said.filter(({ text }) => text?.includes("Вера")), []);
  assertEquals(vera.toasts().at(-1)?.text, catalogues.ru.note("owners_only"));
});

botTest("a card is not minted for whoever was let go while it was shown", async (world) => {
  const vera = await join(world, "Вера");
  await beginIssue(world, vera);
  await vera.photo(await plainPicture(60, 40));
  await world.settled();
  for (const text of ["Имя", "Описание"]) await world.answers(vera, () => vera.say(text));
  await world.answers(vera, () => world.tap(vera, label("skip")));
  // So it is for a moment: the right is gone, and their dialogue has not learned of it.
  await world.sql`update makers set active = false`;
  await world.answers(vera, () => world.tap(vera, label("approve")));
  await world.sql`update makers set active = true`;
  assertEquals((await world.facts("CardIssued")).length, 0);
  assertEquals((await world.facts("AdminRefused")).length, 1);
  assertStringIncludes(allWords(vera.messages()), text("admin_refused", {}));
});

botTest("whoever is let go in the middle of issuing is led out of it", async (world) => {
  const { maker: owner } = world;
  const vera = await join(world, "Вера");
  await beginIssue(world, vera);
  for (const button of [label("makers"), "Вера"]) {
    await world.answers(owner, () => world.tap(owner, button));
  }
  const learned = await world.answers(vera, () => world.tap(owner, label("dismiss")));
  assertEquals(learned.map(words), [text("dismissal_learned", {})]);
  assertEquals(vera.messages().filter(({ text }) => text?.includes("шаг 1 из 4")), []);
});

botTest("makers see only cards of their own, owners statistics of all", async (world) => {
  const { maker: owner } = world;
  const vera = await join(world, "Вера");
  await issueByChat(world, { name: "Хозяйская" });
  await issueByChat(world, { name: "Верина", by: vera });
  const told = async (phone: PersonHandle, label: string) => {
    await world.answers(phone, () => phone.say("/admin"));
    return allWords(await world.answers(phone, () => world.tap(phone, label)));
  };
  assertStringIncludes(await told(vera, label("list")), "Верина");
  assertEquals((await told(vera, label("list"))).includes("Хозяйская"), false);
  assertStringIncludes(await told(vera, label("stats")), "Всего 1 карта");
  assertStringIncludes(await told(owner, label("stats")), "Всего 2 карты");
  await world.answers(vera, () => world.forge(vera, "1:look:1"));
  assertEquals(vera.toasts().at(-1)?.text, catalogues.ru.note("own_card_missing"));
});

botTest("what is an owner's is refused to a maker's forged taps", async (world) => {
  const vera = await join(world, "Вера");
  const someone = crypto.randomUUID();
  for (const data of ["1:makers", "1:invite", `1:maker:${someone}`, `1:dismiss:${someone}`]) {
    const said = await world.answers(vera, () => world.forge(vera, data));
    assertEquals(said.at(-1)?.text, text("owner_refused", {}), data);
  }
  assertEquals((await world.facts("MakerDismissed")).length, 0);
});
