import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { groupCode } from "../../events/code.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, issueByChat, words } from "./issue_by_chat.ts";
import { until } from "./until.ts";

const { text } = catalogues.ru;

/** A group of the maker's and the buyer's with the bot in it. */
async function openGroup(
  world: BotWorld,
  kind: "group" | "supergroup" = "supergroup",
  bot: "member" | "administrator" = "administrator",
) {
  const { maker, buyer } = world;
  const id = await maker.create({ kind, title: "Собиратели", members: [buyer.id], bot });
  await world.settled();
  return { id, owner: maker.in(id), group: buyer.in(id) };
}

const people = async ({ sql }: BotWorld): Promise<number[]> => {
  const [card] = await sql<{ checks: number; people: number }[]>`select checks, people from cards`;
  return [card?.checks ?? 0, card?.people ?? 0];
};

botTest("start and a code are answered in a group, by a reply, without rights", async (world) => {
  const { code } = await issueByChat(world);
  const { owner, group } = await openGroup(world);
  const { bot: { username } } = world.emulator;
  for (const said of ["/start", `/start@${username}`, `/START@${username.toUpperCase()}`]) {
    for (const phone of [owner, group]) {
      let asked = 0;
      const seen = await world.answers(phone, async () => {
        asked = (await phone.say(said)).message_id;
      });
      assertEquals(seen.map(words), [text("welcome", {})], said);
      assertEquals(seen.map((it) => it.reply_to_message?.message_id), [asked]);
      assertEquals(seen.flatMap(({ reply_markup }) => reply_markup ?? []), []);
    }
  }
  const verdict = await world.answers(group, () => group.say(`Вот: ${groupCode(code)}, верно?`));
  assertMatch(allWords(verdict), /подлинный.*Проверена 1 раз/s);
  const started = await world.answers(group, () => group.say(`/start@${username} v_${code}`));
  assertMatch(allWords(started), /Проверена 2 раза одним человеком/);
});

botTest("pages turn for nobody in a group, whatever they may do in private", async (world) => {
  const { api, maker } = world;
  const { number } = await issueByChat(world);
  const { id, owner } = await openGroup(world);
  const pages = {
    "1:page:0:a": catalogues.ru.note("makers_only"),
    [`1:history_page:${number}:0`]: catalogues.ru.note("makers_only"),
    "1:makers_page:0": catalogues.ru.note("owners_only"),
  };
  for (const [callback_data, refusal] of Object.entries(pages)) {
    const { message_id } = await api.sendMessage(id, "Nothing yet", {
      reply_markup: { inline_keyboard: [[{ text: "Page", callback_data }]] },
    });
    const query = await owner.tap(message_id, callback_data);
    await until(`${callback_data} is answered`, () => owner.answered(query));
    assertEquals(maker.toasts().at(-1)?.text, refusal);
    assertEquals(owner.messages().at(-1)?.text, "Nothing yet");
  }
});

botTest("talk, other bots' commands and what is passed on stay unanswered", async (world) => {
  const { buyer } = world;
  const { code } = await issueByChat(world);
  const { group } = await openGroup(world);
  const { message_id } = await buyer.say(groupCode(code));
  await world.settled();
  const talk = async () => {
    await group.say("привет, это ты /start писал?");
    await group.say("/start@another_bot");
    await group.say("/ban");
    await group.say(`/ban@another_bot ${groupCode(code)}`);
    await group.say("ABCD 1234 EFGH 5678 JKMN");
    await group.forward(buyer.id, message_id);
    await group.forward(buyer.id, (await buyer.start()).message_id);
    await group.other("sticker");
  };
  assertEquals(await world.answers(group, talk), []);
  assertEquals(await people(world), [1, 1]);
});

botTest(
  "to the bot itself an attempt at a code is an attempt, in privacy mode too",
  async (world) => {
    const { code } = await issueByChat(world);
    const { group } = await openGroup(world, "group", "member");
    const [greeting, ...more] = group.messages().filter(({ from }) => from?.is_bot);
    assertEquals([greeting?.text, more.length], [text("added_to_group", {}), 0]);
    const reply_to = greeting?.message_id ?? 0;
    const wrong = code.slice(0, -1) + (code.endsWith("7") ? "8" : "7");
    const mistyped = await world.answers(group, () => group.say(groupCode(wrong), { reply_to }));
    assertEquals(allWords(mistyped), text("code_mistyped", {}));
    const name = `@${world.emulator.bot.username}`;
    const named = await world.answers(group, () => group.say(`${name} ${groupCode(code)}`));
    assertStringIncludes(allWords(named), "Проверена 1 раз");
    const talk = await world.answers(group, () => group.say(`${name}, спасибо!`, { reply_to }));
    assertEquals(talk, []);
  },
);

botTest("chats that speak are told apart, and Telegram's posts are nobody's", async (world) => {
  const { maker, buyer } = world;
  const { code } = await issueByChat(world);
  const { id, owner, group } = await openGroup(world);
  const channels = await Promise.all(
    ["Вести", "Слухи"].map((title) => buyer.create({ kind: "channel", title })),
  );
  const wall = await maker.create({ kind: "channel", title: "Стена" });
  await maker.in(wall).discussIn(id);
  const post = () => maker.in(wall).say(groupCode(code));
  assertEquals(await world.answers(group, post), []);
  assertEquals(await people(world), [0, 0]);
  for (const [i, as] of channels.entries()) {
    const said = await world.answers(group, () => group.say(groupCode(code), { as }));
    assertMatch(allWords(said), i === 0 ? /Проверена 1 раз/ : /Проверена 2 раза 2 людьми/);
  }
  await world.answers(group, () => group.say(groupCode(code), { as: channels[0]! }));
  assertEquals(await people(world), [3, 2]);
  const anonymous = await world.answers(owner, () => owner.say("/start", { as: id }));
  assertEquals(anonymous.map(words), [text("welcome", {})]);
  const refused = await world.answers(
    owner,
    () => owner.say(`/admin@${world.emulator.bot.username}`, { as: id }),
  );
  assertEquals(refused.map(words), [text("admin_refused", {})]);
  await world.answers(owner, () => owner.say(groupCode(code), { as: id }));
  assertEquals(await people(world), [4, 3]);
});

botTest("where it comes the bot says what it does there, once", async (world) => {
  const { maker, emulator: { bot } } = world;
  const said: string[] = [];
  for (const kind of ["group", "supergroup", "channel"] as const) {
    const id = await maker.create({ kind, title: "Новое место" });
    const place = maker.in(id);
    await place.add(bot.id, kind === "channel" ? "administrator" : "member");
    await world.settled();
    if (kind !== "channel") await place.promote(bot.id);
    await world.settled();
    said.push(...place.messages().flatMap((it) => it.text ?? []));
  }
  const inChannel = text("added_to_channel", { username: bot.username });
  assertEquals(said, [text("added_to_group", {}), text("added_to_group", {}), inChannel]);
  for (const sentence of said) assertEquals(sentence.match(/[.!?](?:\s|$)/g)?.length, 1);
});

botTest("thrown out, the bot ends quietly, and nobody counts as out of reach", async (world) => {
  const { sql, emulator } = world;
  for (const kind of ["group", "supergroup"] as const) {
    const { owner, group } = await openGroup(world, kind);
    await world.stop();
    await group.say("/start");
    await owner.expel(emulator.bot.id);
    await world.start();
    await world.settled();
  }
  assertEquals(await world.waiting(), []);
  const reached = await sql<{ reachable: boolean }[]>`select reachable from people`;
  assert(reached.every(({ reachable }) => reachable));
  assertEquals(world.log().filter((line) => /"level":"(?:ERROR|WARN)/.test(line)), []);
});

botTest("group that becomes a supergroup keeps its dialogues", async (world) => {
  const { code } = await issueByChat(world);
  const { id, owner, group } = await openGroup(world, "group");
  await world.answers(group, () => group.say(groupCode(code)));
  const now = await owner.migrate();
  await world.settled();
  const there = world.buyer.in(now);
  let asked = 0;
  const verdict = await world.answers(there, async () => {
    asked = (await there.say(groupCode(code))).message_id;
  });
  assertMatch(allWords(verdict), /Проверена 2 раза одним человеком/);
  assertEquals(verdict.map((it) => it.reply_to_message?.message_id), verdict.map(() => asked));
  const streams = await world.sql<{ stream: string; place: Record<string, number> }[]>`
    select stream, envelope->'place' as place from events
    where type = 'CardVerified' order by pos`;
  assertEquals(new Set(streams.map(({ stream }) => stream)).size, 1);
  assertStringIncludes(streams[0]?.stream ?? "", `@${id}`);
  assertEquals(streams.map(({ place }) => place.group), [undefined, now]);
  const greetings = there.messages().filter((it) => it.text === text("added_to_group", {}));
  assertEquals(greetings, []);
});

botTest("what was to be said in a group is said where it went, once", async (world) => {
  const { id, owner, group } = await openGroup(world, "group");
  const { emulator, sql } = world;
  emulator.fault({ method: "sendMessage", kind: "status", status: 500, times: 1 });
  await group.say("/start");
  await until("it waits", async () => (await world.waiting()).length > 0);
  // As where the bot never hears of it: a call's refusal alone tells.
  await world.stop();
  const now = await owner.migrate();
  await world.api.getUpdates({ offset: -1 });
  await world.api.getUpdates({ offset: 2 ** 31 });
  await sql`update outbox set due_at = 0 where done_at is null`;
  await world.start();
  await world.settled();
  const said = world.buyer.in(now).messages().filter(({ from }) => from?.is_bot);
  assertEquals(said.map(words), [text("welcome", {})]);
  assertEquals(said[0]?.reply_to_message, undefined);
  assertEquals([...await sql`select old::text, now::text from moved_groups`], [
    { old: String(id), now: String(now) },
  ]);
  await world.answers(world.buyer.in(now), () => world.buyer.in(now).say("/start"));
  const streams = new Set((await world.facts("Started")).map(({ stream }) => stream));
  assertEquals(streams.size, 1);
});

botTest("what a person shares by way of the bot is no question to it", async (world) => {
  const { maker } = world;
  await issueByChat(world);
  const { owner } = await openGroup(world);
  for (const phone of [maker, owner]) {
    const asked = await world.answers(phone, async () => {
      const query = await phone.ask("Зимнее");
      const { results: [first] } = await phone.offered(query);
      await phone.choose(query, first?.id ?? "none");
    });
    assertEquals(asked, []);
  }
});
