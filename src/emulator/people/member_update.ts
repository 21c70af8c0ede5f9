/** What bots and phones are told when somebody's place in a chat changes. */
import type { Chat, ChatMember, Message, User } from "grammy/types";
import {
  chatMember,
  chatOf,
  isAdministrator,
  type Member,
  type MemberStatus,
  type SharedChat,
} from "../model/chat.ts";
import { queueMessageUpdate } from "../world/message_updates.ts";
import type { World } from "../world/world.ts";

/** Tells the bot what concerns itself always, what concerns others as an administrator. */
export function setMemberStatus(
  world: World,
  chat: SharedChat,
  by: User,
  user: User,
  status: MemberStatus,
): void {
  const before: Member = chat.members.get(user.id) ?? { user, status: "left" };
  const after: Member = { user, status };
  if (before.status === status) return;
  chat.members.set(user.id, after);
  const isBot = user.id === world.bot.id;
  if (!isBot && !isAdministrator(chat.members.get(world.bot.id))) return;
  queueMemberUpdate(world, isBot ? "my_chat_member" : "chat_member", chatOf(chat), by, [
    chatMember(chat.kind, before),
    chatMember(chat.kind, after),
  ]);
}

/** Queues the update of a member's status, from the old one to the new. */
export function queueMemberUpdate(
  world: World,
  kind: "my_chat_member" | "chat_member",
  chat: Chat,
  from: User,
  [old_chat_member, new_chat_member]: [ChatMember, ChatMember],
): void {
  world.update(kind, { chat, from, date: world.date(), old_chat_member, new_chat_member });
}

/** A message that tells of the chat itself; channels have none of who comes and goes. */
export function postServiceMessage(
  world: World,
  chat: SharedChat,
  from: User,
  content: Partial<Message>,
): void {
  if (chat.kind === "channel" && content.new_chat_title === undefined) return;
  const message = {
    message_id: world.nextMessageId(),
    ...chat.kind === "channel" ? { sender_chat: chatOf(chat) } : { from },
    chat: chatOf(chat),
    date: world.date(),
    ...content,
  } as Message;
  world.post(chat, message);
  queueMessageUpdate(world, chat, message);
}
