import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { PersonHandle } from "@amanita/emulator";
import type { Message } from "grammy/types";
import { shareKey } from "../../src/cards/share_key.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { botTestOnEach, type BotWorld } from "./bot_world.ts";
import { orderBatch } from "./issue_batch.ts";
import { allWords, approve, issueByChat, orderCard } from "./issue_by_chat.ts";

const { label } = catalogues.ru;
const unknown = (number: number) =>
  `Карту №\u00a0${number} показать не могу: такой нет, или мастер ещё не открыл её для всех. ` +
  "Чтобы проверить вещь, отсканируйте код на её упаковке.";

/** What somebody is shown for a start. */
const opens = async (world: BotWorld, phone: PersonHandle, start: string): Promise<string> =>
  allWords(await world.answers(phone, () => phone.start(start)));

/** The start that the link under «Поделиться ссылкой» carries. */
function sharedStart(messages: readonly Message[]): string {
  for (const { text, ...button } of messages.flatMap(buttonsOf)) {
    if (text !== label("share_link") || !("url" in button)) continue;
    const shared = new URL(new URL(button.url).searchParams.get("url") ?? "");
    return shared.searchParams.get("start") ?? "";
  }
  throw new Error("Cannot find a link to share");
}
const buttonsOf = (message: Message) => message.reply_markup?.inline_keyboard.flat() ?? [];

botTestOnEach(
  "numbers that are counted through show no card that is not published",
  async (world) => {
    const { maker, buyer } = world;
    const stranger = world.addPerson();
    const { code, number } = await issueByChat(world);
    assertEquals(await opens(world, stranger, `c_${number}`), unknown(number));
    assertEquals(await opens(world, stranger, "c_99"), unknown(99));
    assertStringIncludes(await opens(world, maker, `c_${number}`), "Зимнее море");
    // The maker's own check does not let it out of their hands; somebody else's does.
    await opens(world, maker, `v_${code}`);
    assertEquals(await opens(world, stranger, `c_${number}`), unknown(number));
    await opens(world, buyer, `v_${code}`);
    assertStringIncludes(await opens(world, stranger, `c_${number}`), "Это только просмотр.");
  },
);

botTestOnEach("what a maker shares by link is published, and only by their link", async (world) => {
  const { maker, buyer } = world;
  const stranger = world.addPerson();
  const { code, number, shown } = await issueByChat(world);
  const start = sharedStart(shown);
  assertEquals(start, `c_${number}_${shareKey(code)}`);
  for (const wrong of ["0".repeat(16), shareKey(code).slice(1), shareKey("another")]) {
    assertEquals(await opens(world, stranger, `c_${number}_${wrong}`), unknown(number));
    assertEquals(await opens(world, stranger, `c_${number}`), unknown(number));
  }
  assertStringIncludes(await opens(world, buyer, start), "Зимнее море");
  assertStringIncludes(await opens(world, stranger, `c_${number}`), "Зимнее море");
  const own = await world.answers(maker, () => world.tap(maker, label("list")));
  const look = own.flatMap(buttonsOf)[0]?.text ?? "";
  const again = await world.answers(maker, () => world.tap(maker, look));
  assertEquals(sharedStart(again), `c_${number}`);
  // What hangs out already is not taken back when the card is withdrawn: it says so.
  await world.sql`update cards set active = false`;
  assertMatch(await opens(world, stranger, `c_${number}`), /Карта отозвана/);
  await world.sql`update cards set active = true`;
});

botTestOnEach("what its maker lets be seen before its first check is published", async (world) => {
  const { maker } = world;
  const stranger = world.addPerson();
  const choose = (shown: string) =>
    world.answers(maker, () => world.tap(maker, `Показывать до первой проверки: ${shown}`));
  const unseen = "увидят только после первой проверки покупателем или по вашей ссылке.";
  const seen = "смогут посмотреть все, ещё до первой проверки.";
  await orderCard(world);
  assertStringIncludes(allWords(maker.messages()), unseen);
  assertStringIncludes(allWords(await choose("нет")), seen);
  assertStringIncludes(allWords(await choose("да")), unseen);
  await choose("нет");
  await world.answers(maker, () => approve(world));
  assertStringIncludes(await opens(world, stranger, "c_1"), "Зимнее море");
  const offered = await stranger.offered(await stranger.ask("море"), { timeout_ms: 30_000 });
  assertEquals(offered.results.map(({ id }) => id), ["card:1"]);
  const own = await world.answers(maker, () => world.forge(maker, "1:look:1"));
  assertEquals(sharedStart(own), "c_1");
  // The next one begins as every card does.
  const { number } = await issueByChat(world);
  assertEquals(await opens(world, stranger, `c_${number}`), unknown(number));
});

botTestOnEach(
  "cards of a batch are seen before their first check as well, in English",
  async (world) => {
    const { maker } = world;
    const stranger = world.addPerson();
    await orderBatch(world, 3);
    await world.answers(maker, () => maker.say("/language en"));
    const shown = await world.answers(
      maker,
      () => world.tap(maker, "Показывать до первой проверки: нет"),
    );
    assertStringIncludes(allWords(shown), "everybody can see it, even before its first check.");
    assertEquals(
      shown.flatMap(buttonsOf).map(({ text }) => text).filter((it) => it.startsWith("Visible")),
      ["Visible before its first check: yes"],
    );
    await world.answers(maker, () => world.tap(maker, catalogues.en.label("approve")));
    for (const number of [1, 2, 3]) {
      assertStringIncludes(await opens(world, stranger, `c_${number}`), "Зимнее море");
    }
    assertEquals(
      (await world.sql`select card from cards where published_at = issued_at`).length,
      3,
    );
  },
);

botTestOnEach("in a group nobody is shown more than everybody", async (world) => {
  const { maker, buyer } = world;
  const { code, number } = await issueByChat(world);
  const place = { kind: "supergroup", title: "Друзья", bot: "member" } as const;
  const id = await maker.create({ ...place, members: [buyer.id] });
  await world.settled();
  const group = maker.in(id);
  const look = () => group.say(`/start@${world.emulator.bot.username} c_${number}`);
  assertEquals(allWords(await world.answers(group, look)), unknown(number));
  await opens(world, buyer, `v_${code}`);
  assertStringIncludes(allWords(await world.answers(group, look)), "Зимнее море");
});

botTestOnEach("a buyer still sees what they have checked, once it is withdrawn", async (world) => {
  const { buyer } = world;
  const stranger = world.addPerson();
  const { code, number } = await issueByChat(world);
  await opens(world, buyer, `v_${code}`);
  await world.sql`update cards set active = false`;
  assertMatch(await opens(world, buyer, `c_${number}`), /Карта отозвана/);
  assertEquals(await opens(world, stranger, `c_${number}`), unknown(number));
  await world.sql`update cards set active = true`;
});

botTestOnEach("the database and the program make the same key of a code", async ({ sql }) => {
  for (const code of ["", "ABCD1234", "код"]) {
    const [made] = await sql<{ key: string }[]>`select share_key(${code}) as key`;
    assertEquals(made?.key, shareKey(code));
  }
});
