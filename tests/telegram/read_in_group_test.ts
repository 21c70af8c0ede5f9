import { assertEquals } from "@std/assert";
import { completeCode, groupCode } from "../../events/code.ts";
import { type ReadUpdate, readUpdate } from "../../src/telegram/read_update.ts";
import { anna, bot, group, membershipUpdate, messageUpdate, photoSize } from "./updates.ts";
import { tapUpdate } from "./updates.ts";

const code = groupCode(completeCode("7K3M9QXAB2C4D5E6FGH"));
const toBot = { reply_to_message: { message_id: 8, from: { id: bot.id } } };
const standIn = { id: 1087968824, is_bot: true, first_name: "Group" };
const channel = { id: -100_777, type: "channel", title: "Вести" };

const read = (message: Record<string, unknown>): ReadUpdate =>
  readUpdate(messageUpdate({ chat: group, ...message }), bot);
const heardIn = (message: Record<string, unknown>) => {
  const update = read(message);
  return update.is === "heard" ? update : null;
};
const kindOf = (message: Record<string, unknown>) => heardIn(message)?.input.kind ?? null;

Deno.test("in a group is heard what is meant for the bot, and nothing else", () => {
  const meant: [Record<string, unknown>, string][] = [
    [{ text: "/start" }, "command"],
    [{ text: "/start@AMANITA_BOT v_x" }, "command"],
    [{ text: "/help", ...toBot }, "command"],
    [{ text: `Вот он: ${code}.` }, "text"],
    [{ caption: code, photo: [photoSize("p", 90)] }, "text"],
    [{ photo: [photoSize("p", 90)], ...toBot }, "photo"],
    [{ caption: "@amanita_bot", photo: [photoSize("p", 90)] }, "photo"],
    [{ text: code.slice(0, -1), ...toBot }, "text"],
  ];
  for (const [message, kind] of meant) assertEquals(kindOf(message), kind, JSON.stringify(message));
  const talk: Record<string, unknown>[] = [
    { text: "/help" },
    { text: "/start@other_bot" },
    { text: `/start@other_bot ${code}` },
    { text: "/start@other_bot", ...toBot },
    { text: code.slice(0, -1) },
    { text: "привет", ...toBot },
    { text: "@amanita_bot_2 " + code.slice(0, -1) },
    { text: code, via_bot: { id: 5 } },
    { text: code, forward_origin: { type: "hidden_user" } },
    { text: "/start", forward_origin: { type: "user" } },
    { photo: [photoSize("p", 90)] },
    { document: { file_id: "f", file_unique_id: "u" }, ...toBot },
  ];
  for (const message of talk) assertEquals(kindOf(message), null, JSON.stringify(message));
});

Deno.test("an invitation is not spent in a group", () => {
  const argumentOf = (message: Record<string, unknown>) => {
    const input = heardIn(message)?.input;
    return input?.kind === "command" ? input.argument : null;
  };
  assertEquals(argumentOf({ text: "/start@amanita_bot m_secret" }), "");
  assertEquals(argumentOf({ text: "/start@amanita_bot c_7" }), "c_7");
  const chat = { id: anna.id, type: "private" };
  assertEquals(argumentOf({ chat, text: "/start m_secret" })?.length, 66);
});

Deno.test("a chat that speaks is who speaks, and Telegram and other bots are nobody", () => {
  const speaker = (message: Record<string, unknown>) =>
    heardIn({ text: "/start", ...message })?.from.telegram_id ?? null;
  assertEquals(speaker({ from: standIn, sender_chat: group }), group.id);
  assertEquals(speaker({ from: { ...standIn, id: 136817688 }, sender_chat: channel }), channel.id);
  assertEquals(speaker({ from: standIn }), null);
  const telegram = { id: 777000, is_bot: false, first_name: "Telegram" };
  const brought = { from: telegram, sender_chat: channel, is_automatic_forward: true };
  assertEquals(speaker(brought), null);
  assertEquals(speaker({ from: telegram }), null);
  assertEquals(speaker({ business_connection_id: "b" }), null);
  assertEquals(speaker({}), anna.id);
});

Deno.test("a thread is a topic only where the message says so", () => {
  const place = (message: Record<string, unknown>) =>
    heardIn({ text: "/start", ...message })?.place;
  const thread = { message_thread_id: 4 };
  assertEquals(place({ ...thread, is_topic_message: true }), { thread: 4, reply: 9 });
  assertEquals(place(thread), { reply: 9 });
  const chat = { id: anna.id, type: "private" };
  assertEquals(place({ chat }), {});
  assertEquals(place({ chat, ...thread, is_topic_message: true }), { thread: 4, reply: 9 });
  const message = { message_id: 9, chat: group, ...thread, is_topic_message: true };
  const tapped = readUpdate(tapUpdate({ message, data: "1:list" }), bot);
  assertEquals(tapped.is === "heard" && tapped.place, { thread: 4, reply: 9 });
});

Deno.test("a migration is read from both of its messages", () => {
  const [old, now] = [-500, -100_500];
  const chat = { id: old, type: "group" };
  const moved = { is: "moved", update_id: 5, old, now } as const;
  assertEquals(read({ chat, migrate_to_chat_id: now }), moved);
  assertEquals(read({ chat: { ...group, id: now }, migrate_from_chat_id: old }), moved);
});

Deno.test("the bot comes where it was not before, in any chat that is shared", () => {
  const cameTo = (chat: Record<string, unknown>, from: string, to: string, more = {}) => {
    const update = membershipUpdate(to, chat);
    const { my_chat_member: member } = update;
    const old_chat_member = { ...member.old_chat_member, status: from };
    const read = readUpdate(
      { ...update, my_chat_member: { ...member, old_chat_member, ...more } },
      bot,
    );
    return read.is === "added" ? [read.chat.id, read.channel, read.from.telegram_id] : null;
  };
  assertEquals(cameTo(group, "left", "member"), [group.id, false, anna.id]);
  assertEquals(cameTo(group, "kicked", "administrator"), [group.id, false, anna.id]);
  assertEquals(cameTo(channel, "left", "administrator"), [channel.id, true, anna.id]);
  assertEquals(cameTo(group, "left", "member", { from: standIn }), [group.id, false, group.id]);
  assertEquals(cameTo(group, "member", "administrator"), null);
  assertEquals(cameTo(group, "member", "left"), null);
  assertEquals(cameTo(group, "left", "restricted"), null);
});
