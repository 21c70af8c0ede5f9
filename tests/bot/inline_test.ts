import type { PersonHandle } from "@amanita/emulator";
import { assert, assertEquals, assertExists, assertMatch, assertStringIncludes } from "@std/assert";
import type { InlineQueryResult } from "grammy/types";
import { catalogues } from "../../src/flows/catalogues.ts";
import { groupCode } from "../../events/code.ts";
import { botTest } from "./bot_world.ts";
import { allWords, issueByChat } from "./issue_by_chat.ts";

const WAIT = { timeout_ms: 30_000 };

/** What the bot offers for these words, and the query by which it was asked. */
async function offers(
  phone: PersonHandle,
  words: string,
  offset?: string,
): Promise<{ query: string; results: InlineQueryResult[]; next_offset: string }> {
  const query = await phone.ask(words, offset);
  return { query, ...await phone.offered(query, WAIT) };
}

const idsOf = ({ results }: { results: InlineQueryResult[] }) => results.map(({ id }) => id);

botTest(
  "a card is shared into a group with photo, name, maker, number and a button",
  async (world) => {
    const { buyer } = world;
    const friend = world.addPerson();
    const { code } = await issueByChat(world);
    await world.answers(buyer, () => buyer.start(`v_${code}`));
    const members = [friend.id];
    const inGroup = buyer.in(await buyer.create({ kind: "group", title: "Друзья", members }));
    const { query, results } = await offers(inGroup, "зимн");
    const [result] = results;
    assertEquals(result?.type, "photo");
    const sent = await inGroup.choose(query, result?.id ?? "");
    assert(sent.photo);
    assertEquals(sent.caption, "Зимнее море\nКарта №\u00a01\nМастер: \u2068Анна Смирнова\u2069");
    assertEquals(JSON.stringify(sent).includes(code), false);
    const [button] = sent.reply_markup?.inline_keyboard.flat() ?? [];
    assert(button && "url" in button);
    assertEquals(button.text, catalogues.ru.label("open"));
    const start = new URL(button.url).searchParams.get("start");
    assertEquals(start, "c_1");
    const seen = await world.answers(friend, () => friend.start(start ?? ""));
    assertStringIncludes(allWords(seen), "Это только просмотр.");
    assertEquals((await world.facts("CardVerified")).length, 1);
  },
);

botTest("the button «Поделиться» asks for the card's number, and finds it", async (world) => {
  const { buyer } = world;
  const { code } = await issueByChat(world);
  const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
  const button = verdict.at(-1)?.reply_markup?.inline_keyboard.flat()
    .find(({ text }) => text === catalogues.ru.label("share"));
  assert(button && "switch_inline_query" in button);
  assertEquals(idsOf(await offers(buyer, button.switch_inline_query)), ["card:1"]);
});

botTest("strangers find published cards, and nobody finds one by its code", async (world) => {
  const { maker, buyer } = world;
  const stranger = world.addPerson({ language_code: "en" });
  const { code } = await issueByChat(world);
  assertEquals(idsOf(await offers(maker, "")), ["card:1"]);
  assertEquals(idsOf(await offers(stranger, "зимнее")), []);
  await world.answers(buyer, () => buyer.start(`v_${code}`));
  const { results } = await offers(stranger, "зимнее");
  assertMatch(
    JSON.stringify(results),
    /Open the card.*Card No\.\u00a01.*Maker: \u2068Анна Смирнова\u2069/s,
  );
  assertEquals(JSON.stringify(results).includes(code), false);
  assertExists(results[0]?.reply_markup);
  for (const words of [code, groupCode(code), `v_${code}`]) {
    assertEquals(idsOf(await offers(maker, words)), [], words);
  }
  // Who only looks is not met: nothing is kept of them.
  const [met] = await world.sql`select 1 from people where telegram_id = ${stranger.id}`;
  assertEquals(met, undefined);
});

botTest("inline queries write nothing, and answers are each person's own", async (world) => {
  const { buyer, emulator } = world;
  const { code } = await issueByChat(world);
  await world.answers(buyer, () => buyer.start(`v_${code}`));
  const before = (await world.facts()).length;
  await Promise.all(["", "море", "1", "нет"].map((words) => offers(buyer, words)));
  await world.settled();
  assertEquals((await world.facts()).length, before);
  const calls = emulator.calls().filter(({ method }) => method === "answerInlineQuery");
  assertEquals(calls.length, 4);
  for (const { params } of calls) {
    assertEquals([params.is_personal, params.cache_time], [true, 30]);
  }
});

botTest("a card whose photo Telegram has lost is offered without it", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  await world.sql`update photo_files set file_id = 'gone'
    where sha256 not like 'drawn:%'`;
  const { query, results } = await offers(maker, "");
  assertEquals(results.map(({ type }) => type), ["article"]);
  const sent = await maker.choose(query, "card:1");
  assertStringIncludes(sent.text ?? "", "Зимнее море\nКарта №\u00a01");
});

botTest("many cards come in pages", async (world) => {
  const { maker, sql } = world;
  await issueByChat(world);
  await sql`
    insert into cards (card, number, code, name, description, original, maker, issued_at, active,
      changed_at, checks, people)
    select gen_random_uuid(), n, 'code ' || n, 'Волна ' || n, 'x', original, maker, 1, true, 1, 0, 0
    from cards, generate_series(2, 24) as n`;
  const first = await offers(maker, "");
  assertEquals([first.results.length, first.next_offset], [20, "20"]);
  const second = await offers(maker, "", first.next_offset);
  assertEquals(second.results.length, 4);
  assertEquals((await offers(maker, "", second.next_offset)).next_offset, "");
  await sql`delete from cards where number > 1`;
});

botTest("without inline mode a card is shared by link only", async (world) => {
  const { buyer, emulator } = world;
  await world.stop();
  emulator.setBot({ supports_inline_queries: false });
  await world.start();
  const { code } = await issueByChat(world);
  const verdict = await world.answers(buyer, () => buyer.start(`v_${code}`));
  const labels = verdict.at(-1)?.reply_markup?.inline_keyboard.flat().map(({ text }) => text);
  assertEquals(labels, [catalogues.ru.label("share_link")]);
});
