import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Message } from "grammy/types";
import { groupCode } from "../../events/code.ts";
import { catalogues } from "../../src/flows/catalogues.ts";
import { botTest, type BotWorld } from "./bot_world.ts";
import { allWords, issueByChat, words } from "./issue_by_chat.ts";
import { until } from "./until.ts";

const { text } = catalogues.ru;

/** A forum of the buyer's with the bot in it, as what it was made for. */
async function openForum(world: BotWorld, bot: "member" | "administrator" = "administrator") {
  const { buyer } = world;
  const id = await buyer.create({ kind: "supergroup", title: "Собиратели", forum: true, bot });
  await world.settled();
  return { id, forum: buyer.in(id), thread: await buyer.in(id).topic("Проверки") };
}

/** Where a message stands, and which it answers. */
const standing = ({ message_thread_id, reply_to_message }: Message) => [
  message_thread_id,
  reply_to_message?.message_id,
];

botTest("what is asked in a topic is answered there, General closed or not", async (world) => {
  const { code } = await issueByChat(world, { packaged: true });
  const { forum, thread } = await openForum(world);
  await forum.closeTopic();
  let asked = 0;
  const ask = async () => {
    asked = (await forum.say(groupCode(code), { thread })).message_id;
  };
  const verdict = await world.answers(forum, ask);
  assertMatch(allWords(verdict), /подлинный.*Проверена 1 раз/s);
  assertEquals(verdict.map(standing), verdict.map(() => [thread, asked]));
  assertEquals(verdict.length, 3);
  const [checked] = await world.sql<{ envelope: unknown; stream: string }[]>`
    select envelope->'place' as envelope, stream from events where type = 'CardVerified'`;
  assertEquals(checked?.envelope, { thread, reply: asked });
  assertMatch(checked?.stream ?? "", /^dialogue:[0-9a-f-]{36}@-100\d+$/);
});

botTest("what is asked in another topic belongs to the same dialogue", async (world) => {
  const { forum, thread } = await openForum(world);
  const other = await forum.topic("Прочее");
  const first = await world.answers(forum, () => forum.say("/start", { thread }));
  const second = await world.answers(forum, () => forum.say("/start", { thread: other }));
  const third = await world.answers(forum, () => forum.say("/start"));
  assertEquals([first, second, third].map((it) => it[0]?.message_thread_id), [
    ...[thread, other, undefined],
  ]);
  const streams = new Set((await world.facts("Started")).map(({ stream }) => stream));
  assertEquals(streams.size, 1);
});

botTest("answer to a topic that is closed meanwhile stands in the group", async (world) => {
  const { forum, thread } = await openForum(world);
  const other = await forum.topic("Прочее");
  const ends = [
    { thread, end: () => forum.closeTopic(thread) },
    { thread: other, end: () => forum.deleteTopic(other) },
  ];
  for (const { thread, end } of ends) {
    await world.stop();
    await forum.say("/start", { thread });
    await end();
    const said = await world.answers(forum, world.start);
    assertEquals(said.map(standing), [[undefined, undefined]]);
    assertEquals(said.map(words), [text("welcome", {})]);
  }
});

botTest("where a group lets the bot say nothing, the person is told in private", async (world) => {
  const { buyer, emulator } = world;
  const { id, forum, thread } = await openForum(world);
  await world.answers(buyer, () => buyer.start());
  await forum.closeTopic();
  await forum.closeTopic(thread);
  const said = await world.answers(buyer, () => forum.say("/start", { thread }));
  assertEquals(said.map(words), [text("answered_here", {}), text("welcome", {})]);
  await forum.closeTopic(thread, false);
  await forum.promote(emulator.bot.id, false);
  await forum.permit({ can_send_messages: false });
  const again = await world.answers(buyer, () => forum.say("/start", { thread }));
  assertEquals(again.map(words), [text("answered_here", {}), text("welcome", {})]);
  const silent = world.addPerson();
  await silent.join(id);
  await forum.permit({ can_send_messages: true });
  await forum.closeTopic(undefined, false);
  await world.stop();
  await silent.in(id).say("/start", { thread });
  await forum.closeTopic(thread);
  await forum.closeTopic();
  await world.start();
  await world.settled();
  assertEquals(silent.messages().length, 0, "who never wrote in private hears nothing");
  assertEquals(world.log().filter((line) => line.includes('"level":"ERROR"')), []);
});

botTest("private chat with topics is answered in the topic", async (world) => {
  const { buyer, emulator } = world;
  const { code } = await issueByChat(world);
  emulator.setBot({ has_topics_enabled: true });
  const thread = await buyer.topic("Покупки");
  let asked = 0;
  const verdict = await world.answers(buyer, async () => {
    asked = (await buyer.say(groupCode(code), { thread })).message_id;
  });
  assertStringIncludes(allWords(verdict), "Проверена 1 раз");
  assertEquals(verdict.map(standing), verdict.map(() => [thread, asked]));
  const plain = await world.answers(buyer, () => buyer.start());
  assertEquals(plain.map(standing), [[undefined, undefined]]);
});

botTest("answer to a picture comes where it was asked", async (world) => {
  const { maker } = world;
  const { shown } = await issueByChat(world);
  const { forum, thread } = await openForum(world);
  const [greeting] = forum.messages().filter(({ from }) => from?.is_bot);
  const bytes = maker.file(shown.at(-1)?.photo?.at(-1)?.file_id ?? "");
  const reply_to = greeting?.message_id ?? 0;
  let asked = 0;
  const verdict = await world.answers(forum, async () => {
    asked = (await forum.photo(bytes, { thread, reply_to })).message_id;
  });
  assertStringIncludes(allWords(verdict), "Проверена 1 раз");
  assertEquals(verdict.map(standing), verdict.map(() => [thread, asked]));
});

botTest("tap in a topic is answered there", async (world) => {
  const { forum, thread } = await openForum(world);
  const name = `@${world.emulator.bot.username}`;
  const [question] = await world.answers(forum, () => forum.say(`/language${name}`, { thread }));
  assertEquals(question?.message_thread_id, thread);
  const [chosen] = await world.answers(forum, () => world.tap(forum, "English"));
  assertEquals([chosen?.message_thread_id, chosen?.reply_to_message?.message_id], [
    thread,
    question?.message_id,
  ]);
});

botTest("message that was queued before places were told is sent all the same", async (world) => {
  const { sql } = world;
  const { forum, thread } = await openForum(world);
  world.emulator.fault({ method: "sendMessage", kind: "status", status: 500, times: 1 });
  await forum.say("/start", { thread });
  await until("it waits", async () => (await world.waiting()).length > 0);
  await world.stop();
  await sql`update outbox set payload = payload - 'place', due_at = 0 where done_at is null`;
  const said = await world.answers(forum, world.start);
  assertEquals(said.map(words), [text("welcome", {})]);
  assertEquals(said.map(standing), [[undefined, undefined]]);
});
