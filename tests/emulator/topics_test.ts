import { PersonError } from "@amanita/emulator";
import { assertEquals, assertRejects } from "@std/assert";
import type { Update } from "grammy/types";
import { assertRefused, type EmulatorFixture, emulatorTest } from "./given_emulator.ts";

/** What the bot was told since it was last asked. */
async function heard(
  { api }: Pick<EmulatorFixture, "api">,
): Promise<NonNullable<Update["message"]>[]> {
  const updates = await api.getUpdates();
  await api.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1 });
  return updates.flatMap(({ message }) => message ?? []);
}

const forum = { kind: "supergroup", title: "Лес", forum: true, bot: "administrator" } as const;

emulatorTest("what is said in a topic names it, and General names none", async (given) => {
  const { anna, api } = given;
  const id = await anna.create(forum);
  const group = anna.in(id);
  const thread = await group.topic("Проверки");
  await heard(given);
  await group.say("there", { thread });
  await group.say("here");
  const [there, here] = await heard(given);
  assertEquals(there?.chat, { id, type: "supergroup", title: "Лес", is_forum: true });
  assertEquals([there?.message_thread_id, there?.is_topic_message], [thread, true]);
  assertEquals(there?.reply_to_message?.forum_topic_created?.name, "Проверки");
  assertEquals([here?.message_thread_id, here?.is_topic_message], [undefined, undefined]);
  const its = await api.sendMessage(id, "hi", { message_thread_id: thread });
  assertEquals([its.message_thread_id, its.is_topic_message], [thread, true]);
});

emulatorTest("what is closed or gone is refused, and General can be closed too", async (given) => {
  const { anna, boris, api } = given;
  const id = await anna.create({ ...forum, members: [boris.id] });
  const group = anna.in(id);
  const thread = await group.topic("Проверки");
  await group.closeTopic(thread);
  const options = { message_thread_id: thread };
  await assertRefused(api.sendMessage(id, "hi", options), "Bad Request: TOPIC_CLOSED");
  await assertRejects(async () => await boris.in(id).say("hi", { thread }), PersonError, "closed");
  await group.closeTopic(thread, false);
  await group.closeTopic();
  await api.sendMessage(id, "hi", options);
  await assertRefused(api.sendMessage(id, "hi"), "Bad Request: TOPIC_CLOSED");
  await assertRejects(async () => await boris.in(id).say("hi"), PersonError, "General");
  await group.deleteTopic(thread);
  const gone = "Bad Request: message thread not found";
  await assertRefused(api.sendMessage(id, "hi", options), gone);
  assertEquals(group.messages().filter((it) => it.message_thread_id === thread), []);
});

emulatorTest("an answer in a supergroup has a thread that is no topic", async (given) => {
  const { anna, api } = given;
  const id = await anna.create({ kind: "supergroup", title: "Лес", bot: "administrator" });
  const { message_id } = await api.sendMessage(id, "Ask me");
  await heard(given);
  await anna.in(id).say("So?", { reply_to: message_id });
  const [asked] = await heard(given);
  assertEquals([asked?.message_thread_id, asked?.is_topic_message], [message_id, undefined]);
  await assertRefused(
    api.sendMessage(id, "hi", { message_thread_id: message_id }),
    "Bad Request: message thread not found",
  );
});

emulatorTest("a bot that has topics in private is written to in one", async (given) => {
  const { anna, api, emulator } = given;
  await assertRejects(() => anna.topic("Мои вопросы"), PersonError, "has none");
  emulator.setBot({ has_topics_enabled: true });
  assertEquals((await api.getMe()).has_topics_enabled, true);
  const thread = await anna.topic("Мои вопросы");
  await anna.say("hi", { thread });
  const said = (await heard(given)).at(-1);
  assertEquals([said?.message_thread_id, said?.is_topic_message], [thread, true]);
  const its = await api.sendMessage(anna.id, "hi", { message_thread_id: thread });
  assertEquals(its.message_thread_id, thread);
});

emulatorTest("who speaks as a chat is told by the chat alone", async (given) => {
  const { anna, boris, emulator } = given;
  const members = [boris.id];
  const id = await anna.create({ kind: "supergroup", title: "Лес", members, bot: "administrator" });
  const channel = await boris.create({ kind: "channel", title: "Вести" });
  await heard(given);
  await anna.in(id).say("anonymous", { as: id });
  await boris.in(id).say("for a channel", { as: channel });
  await assertRejects(async () => await boris.in(id).say("x", { as: id }), PersonError, "as");
  const said = await heard(given);
  assertEquals(said.map(({ from, sender_chat }) => [from?.id, sender_chat?.id]), [
    [1087968824, id],
    [136817688, channel],
  ]);
  assertEquals(emulator.violations(), []);
});

emulatorTest("a channel's posts come into the group that discusses them", async (given) => {
  const { anna, boris, api, emulator } = given;
  const id = await anna.create({ kind: "supergroup", title: "Лес", bot: "administrator" });
  const channel = await anna.create({ kind: "channel", title: "Вести", bot: "administrator" });
  await assertRejects(() => boris.in(boris.id).discussIn(id), PersonError, "is no channel");
  await anna.in(channel).discussIn(id);
  await heard(given);
  await anna.in(channel).say("news");
  await api.sendMessage(channel, "the bot's news");
  const said = await heard(given);
  const brought = said.map((it) => [it.text, it.from?.id, it.sender_chat?.id, it.chat.id]);
  assertEquals(brought, [
    ["news", 777000, channel, id],
    ["the bot's news", 777000, channel, id],
  ]);
  assertEquals(said.map((it) => it.is_automatic_forward), [true, true]);
  assertEquals(said.map((it) => it.forward_origin?.type), ["channel", "channel"]);
  assertEquals(emulator.violations(), []);
});

emulatorTest("topics and discussions are kept, and played by the control API", async (given) => {
  const { anna, api, emulator } = given;
  const control = async (path: string, body: Record<string, unknown>) => {
    const init = { method: "POST", body: JSON.stringify(body) };
    const response = await fetch(`${emulator.root}/control/${path}`, init);
    assertEquals(response.status, 200, path);
    return await response.json();
  };
  const made = { creator: anna.id, kind: "supergroup", title: "Лес", forum: true, bot: "member" };
  const { id: chat } = await control("chats", made);
  const { thread } = await control(`people/${anna.id}/topic`, { chat, name: "Проверки" });
  await control(`people/${anna.id}/close_topic`, { chat });
  await heard(given);
  await control(`people/${anna.id}/say`, { chat, thread, text: "/start", as_chat: chat });
  const [said] = await heard(given);
  assertEquals([said?.message_thread_id, said?.sender_chat?.id], [thread, chat]);
  emulator.setBot({ has_topics_enabled: true });
  const own = await anna.topic("Мои вопросы");
  const dump = await (await fetch(`${emulator.root}/control/dump`)).json();
  await control("load", dump);
  await assertRefused(api.sendMessage(chat, "hi"), "Bad Request: TOPIC_CLOSED");
  await api.sendMessage(anna.id, "hi", { message_thread_id: own });
  await api.sendMessage(chat, "hi", { message_thread_id: thread });
});
