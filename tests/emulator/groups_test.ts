import { PersonError } from "@amanita/emulator";
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { Update } from "grammy/types";
import { assertRefused, type EmulatorFixture, emulatorTest } from "./given_emulator.ts";

/** What the bot was told since it was last asked. */
async function heard({ api }: Pick<EmulatorFixture, "api">, ...kinds: string[]): Promise<Update[]> {
  const asked = kinds.length > 0 ? { allowed_updates: kinds as "message"[] } : {};
  const updates = await api.getUpdates(asked);
  await api.getUpdates({ offset: (updates.at(-1)?.update_id ?? 0) + 1 });
  return updates;
}

const textsOf = (updates: readonly Update[]) => updates.map(({ message }) => message?.text);

emulatorTest("in privacy mode a bot hears only what is meant for it", async (given) => {
  const { anna, api, emulator: { bot } } = given;
  const group = anna.in(await anna.create({ kind: "group", title: "Грибники", bot: "member" }));
  const [chat_id = 0] = [group.messages()[0]?.chat.id];
  const { message_id } = await api.sendMessage(chat_id, "Ask me");
  const mine = await group.say("small talk");
  await heard(given);
  await group.say("still small talk");
  await group.say("/start");
  await group.say("/start@another_bot");
  await group.say(`/start@${bot.username}`);
  await group.say(`and you, @${bot.username}?`);
  await group.say("an answer to the bot", { reply_to: message_id });
  await group.say("an answer to a person", { reply_to: mine.message_id });
  assertEquals(textsOf(await heard(given)), [
    "/start",
    `/start@${bot.username}`,
    `and you, @${bot.username}?`,
    "an answer to the bot",
  ]);
});

emulatorTest("an administrator hears everything, and so does who may read all", async (given) => {
  const { anna, boris, emulator } = given;
  const id = await anna.create({ kind: "group", title: "Г", bot: "member", members: [boris.id] });
  await heard(given);
  await boris.in(id).say("unheard");
  await anna.in(id).promote(emulator.bot.id);
  await boris.in(id).say("heard");
  await anna.in(id).promote(emulator.bot.id, false);
  await boris.in(id).say("unheard again");
  emulator.setBot({ can_read_all_group_messages: true });
  await boris.in(id).say("heard again");
  const updates = await heard(given);
  assertEquals(textsOf(updates.filter(({ message }) => message)), ["heard", "heard again"]);
  const statuses = updates.flatMap(({ my_chat_member: it }) => it?.new_chat_member.status ?? []);
  assertEquals(statuses, ["administrator", "member"]);
});

emulatorTest("a bot is told where it comes and goes", async (given) => {
  const { anna, api, emulator: { bot } } = given;
  const id = await anna.create({ kind: "supergroup", title: "Разговоры" });
  await anna.in(id).say("before");
  assertEquals(await heard(given), []);
  await assertRefused(api.sendMessage(id, "hi"), "Bad Request: chat not found");
  await anna.in(id).add(bot.id);
  const [came, welcome] = await heard(given);
  assertEquals(came?.my_chat_member?.old_chat_member.status, "left");
  assertEquals(came?.my_chat_member?.new_chat_member.status, "member");
  assertEquals(came?.my_chat_member?.from.id, anna.id);
  assertEquals(welcome?.message?.new_chat_members?.map((user) => user.id), [bot.id]);
  await api.sendMessage(id, "hi");
  await anna.in(id).expel(bot.id);
  const [farewell, went] = await heard(given);
  assertEquals(farewell?.message?.left_chat_member?.id, bot.id);
  assertEquals(went?.my_chat_member?.new_chat_member.status, "kicked");
  await anna.in(id).say(`/start@${bot.username}`);
  assertEquals(await heard(given), []);
  const kicked = "Forbidden: bot was kicked from the supergroup chat";
  await assertRefused(api.sendMessage(id, "hi"), kicked, 403);
  await assertRefused(api.getChat(id), kicked, 403);
  const club = await anna.create({ kind: "supergroup", title: "К", username: "mushroom_club" });
  assertEquals((await api.getChat("@mushroom_club")).id, club, "what is public can be read");
  await assertRefused(
    api.sendMessage(club, "hi"),
    "Forbidden: bot is not a member of the supergroup chat",
    403,
  );
});

emulatorTest("members come and go, and an administrator may hear of it", async (given) => {
  const { anna, boris, api, emulator } = given;
  const id = await anna.create({ kind: "supergroup", title: "Г", bot: "administrator" });
  await heard(given, "message", "chat_member");
  await boris.join(id);
  await boris.in(id).leave();
  await boris.join(id);
  await anna.in(id).promote(boris.id);
  await anna.in(id).expel(boris.id);
  await assertRejects(() => boris.join(id), PersonError, "was removed from");
  const updates = await heard(given);
  assertEquals(
    updates.flatMap(({ message, chat_member: changed }) => {
      if (changed) return [`${changed.old_chat_member.status} → ${changed.new_chat_member.status}`];
      const { new_chat_members: [came] = [], left_chat_member: went } = message ?? {};
      return [came ? `came ${came.first_name}` : `went ${went?.first_name}`];
    }),
    [
      ...["left → member", "came Борис", "went Борис", "member → left"],
      ...["left → member", "came Борис", "member → administrator"],
      ...["went Борис", "administrator → kicked"],
    ],
  );
  assertEquals((await api.getChatMember(id, boris.id)).status, "kicked");
  assertEquals(await api.getChatMemberCount(id), 2);
  const rulers = await api.getChatAdministrators(id);
  assertEquals(rulers.map(({ user }) => user.id), [anna.id, emulator.bot.id]);
  await assertRejects(async () => await boris.in(id).say("hi"), PersonError, "Cannot find a chat");
});

emulatorTest("a plain member is not told of other members", async (given) => {
  const { anna, boris, api } = given;
  const id = await anna.create({ kind: "supergroup", title: "Г", bot: "member" });
  await heard(given, "chat_member");
  await boris.join(id);
  assertEquals(await heard(given), []);
  assertEquals((await api.getChatMember(id, boris.id)).status, "member");
});

emulatorTest("a group that becomes a supergroup has another id, and says so", async (given) => {
  const { anna, boris, api } = given;
  const from = await anna.create({ kind: "group", title: "Г", members: [boris.id], bot: "member" });
  await heard(given);
  const to = await anna.in(from).migrate();
  const messages = (await heard(given)).map(({ message }) => message);
  assertEquals(messages.map((message) => message?.chat.id), [from, to]);
  assertEquals(messages[0]?.migrate_to_chat_id, to);
  assertEquals(messages[1]?.migrate_from_chat_id, from);
  assertEquals([messages[0]?.chat.type, messages[1]?.chat.type], ["group", "supergroup"]);
  const refused = await assertRefused(
    api.sendMessage(from, "hi"),
    "Bad Request: group chat was upgraded to a supergroup chat",
  );
  assertEquals(refused.parameters, { migrate_to_chat_id: to });
  await assertRefused(
    api.deleteMessage(from, messages[0]?.message_id ?? 0),
    "Bad Request: group chat was upgraded to a supergroup chat",
  );
  assertEquals((await api.getChat(from)).type, "group", "reading is not refused");
  await api.sendMessage(to, "hi");
  assertEquals((await api.getChatMember(to, boris.id)).status, "member");
  await boris.in(to).say("here");
  await assertRejects(async () => await boris.in(from).say("there"), PersonError);
});

emulatorTest("everybody in a group may tap, and sees who did not", async (given) => {
  const { anna, boris, api } = given;
  const id = await anna.create({ kind: "group", title: "Г", members: [boris.id], bot: "member" });
  const reply_markup = { inline_keyboard: [[{ text: "За", callback_data: "yes" }]] };
  const message = await api.sendMessage(id, "Голосуем", { reply_markup });
  await heard(given);
  const tap = await boris.in(id).tapButton("За");
  const [update] = await heard(given);
  assertEquals([update?.callback_query?.from.id, update?.callback_query?.message], [
    boris.id,
    message,
  ]);
  await api.answerCallbackQuery(tap, { text: "Принято" });
  assertEquals([boris.toasts().length, anna.toasts().length], [1, 0]);
});

emulatorTest("a reply keyboard in a group is on every phone", async ({ anna, boris, api }) => {
  const id = await anna.create({ kind: "group", title: "Г", members: [boris.id], bot: "member" });
  const reply_markup = { keyboard: [[{ text: "/help" }]] };
  await api.sendMessage(id, "Меню", { reply_markup });
  await boris.in(id).tapButton("/help");
  await anna.in(id).tapButton("/help");
  await assertRejects(() => anna.tapButton("/help"), PersonError, "Cannot find the button");
});

emulatorTest("in a group a bot deletes its own, and others' as an administrator", async (given) => {
  const { anna, api, emulator: { bot } } = given;
  const id = await anna.create({ kind: "supergroup", title: "Г", bot: "member" });
  const hers = await anna.in(id).say("mine");
  const its = await api.sendMessage(id, "its");
  await api.deleteMessage(id, its.message_id);
  await assertRefused(
    api.deleteMessage(id, hers.message_id),
    "Bad Request: message can't be deleted",
  );
  await anna.in(id).promote(bot.id);
  await api.deleteMessage(id, hers.message_id);
  assert(anna.in(id).messages().every((message) => message.message_id !== hers.message_id));
});

emulatorTest("a bot that may join no groups cannot be added", async ({ anna, emulator }) => {
  emulator.setBot({ can_join_groups: false });
  const id = await anna.create({ kind: "group", title: "Г" });
  await assertRejects(() => anna.in(id).add(emulator.bot.id), PersonError, "may not join groups");
});

emulatorTest("people do in groups only what they may", async ({ anna, boris }) => {
  const id = await anna.create({ kind: "supergroup", title: "Г", members: [boris.id] });
  const hers = await anna.in(id).say("mine");
  const group = boris.in(id);
  await assertRejects(() => group.edit(hers.message_id, "his"), PersonError, "is not theirs");
  await assertRejects(() => group.remove(hers.message_id), PersonError, "is not theirs");
  await assertRejects(() => group.pin(hers.message_id), PersonError, "not an administrator");
  await assertRejects(() => group.expel(anna.id), PersonError, "no administrator");
  await assertRejects(() => group.migrate(), PersonError, "no administrator");
  const his = await group.say("his");
  await anna.in(id).remove(his.message_id);
  assertEquals(group.messages().at(-1)?.message_id, hers.message_id);
});

emulatorTest("commands are offered by chat, and to administrators apart", async (given) => {
  const { anna, boris, api, emulator } = given;
  const id = await anna.create({ kind: "group", title: "Г", members: [boris.id], bot: "member" });
  const list = (command: string) => [{ command, description: command }];
  const offered = async () => {
    const phones = [anna, boris].map(async (person) => {
      const path = `people/${person.id}/messages?chat=${id}`;
      return (await (await fetch(`${emulator.root}/control/${path}`)).json()).commands;
    });
    const lists: { command: string }[][] = await Promise.all(phones);
    return lists.map(([first]) => first?.command);
  };
  await api.setMyCommands(list("everywhere"));
  await api.setMyCommands(list("alone"), { scope: { type: "all_private_chats" } });
  assertEquals(await offered(), ["everywhere", "everywhere"]);
  await api.setMyCommands(list("groups"), { scope: { type: "all_group_chats" } });
  await api.setMyCommands(list("rulers"), { scope: { type: "all_chat_administrators" } });
  assertEquals(await offered(), ["rulers", "groups"]);
  await api.setMyCommands(list("here"), { scope: { type: "chat", chat_id: id } });
  const rulers = { type: "chat_administrators", chat_id: id } as const;
  await api.setMyCommands(list("rulers_here"), { scope: rulers });
  assertEquals(await offered(), ["rulers_here", "here"]);
  const scope = { type: "chat_member", chat_id: id, user_id: boris.id } as const;
  await api.setMyCommands(list("boris"), { scope });
  assertEquals(await offered(), ["rulers_here", "boris"]);
  assertEquals(await api.getMyCommands({ scope }), list("boris"));
});
