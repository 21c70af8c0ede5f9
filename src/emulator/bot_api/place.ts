/** The chats that a call names: found, and refused in the real server's words. */
import type { Message } from "grammy/types";
import {
  isAdministrator,
  isShared,
  type SharedChat,
  type Topic,
  type WorldChat,
} from "../model/chat.ts";
import { integerOf } from "../model/json_value.ts";
import { forbiddenTo } from "../model/permissions.ts";
import { badRequest, forbidden, Refusal } from "../model/refusal.ts";
import { isClosed, topicsOf } from "../model/topic.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";

/** The chat that the call names, whether it may be written to or not. Throws a `Refusal`. */
export function knownChat(world: World, call: Call, param = "chat_id"): WorldChat {
  return chatNamed(world, call.text(param), param);
}

export function chatNamed(world: World, given: string, param = "chat_id"): WorldChat {
  if (given === "") throw badRequest(`${param} is empty`);
  const chat = given.startsWith("@")
    ? world.byName(given.slice(1))
    : world.chats.get(integerOf(given) ?? 0);
  // A bot knows nothing of where it has never been.
  if (chat === undefined || chat.kind === "direct") throw badRequest("chat not found");
  if (isShared(chat) && !chat.members.has(world.bot.id) && chat.username === undefined) {
    throw badRequest("chat not found");
  }
  return chat;
}

/** The chat that the call may read. Throws a `Refusal`. */
export function readableChat(world: World, call: Call, param = "chat_id"): WorldChat {
  const chat = knownChat(world, call, param);
  if (chat.kind === "private") {
    if (!chat.started) throw badRequest("chat not found");
  } else if (isShared(chat)) {
    // What is public, and what was said in a group while the bot was in it, stays readable.
    const status = chat.members.get(world.bot.id)?.status ?? "left";
    const open = chat.kind === "group" || (status === "left" && chat.username !== undefined);
    if (!open) checkMember(world, chat);
  }
  return chat;
}

/** The chat that the call may write to. Throws a `Refusal`. */
export function openChat(world: World, call: Call): WorldChat {
  const chat = knownChat(world, call);
  if (chat.kind === "private") {
    const { person, started } = chat;
    if (person.deactivated) throw forbidden("user is deactivated");
    if (!started) throw forbidden("bot can't initiate conversation with a user");
    if (person.blocked) throw forbidden("bot was blocked by the user");
  } else if (isShared(chat)) {
    checkNotMigrated(chat);
    checkMember(world, chat);
    if (chat.kind === "channel" && !botIsAdministrator(world, chat)) {
      throw badRequest("need administrator rights in the channel chat");
    }
  }
  return chat;
}

/** Throws a `Refusal` where the group forbids what the bot wants to send. */
export function checkPermitted(world: World, chat: WorldChat, content: Partial<Message>): void {
  const member = isShared(chat) ? chat.members.get(world.bot.id) : undefined;
  const forbidden = forbiddenTo(chat, member, content);
  if (forbidden !== undefined) {
    throw badRequest(`not enough rights to send ${forbidden} to the chat`);
  }
}

/** The topic that the call speaks in; General is none. Throws a `Refusal`. */
export function openTopic(chat: WorldChat, call: Call): Topic | undefined {
  const thread = call.integer("message_thread_id") ?? 0;
  const topic = thread === 0 ? undefined : topicsOf(chat)?.find((it) => it.thread === thread);
  if (thread !== 0 && topic === undefined) throw badRequest("message thread not found");
  // An administrator of this server has no right to manage topics.
  if (isClosed(chat, topic)) throw badRequest("TOPIC_CLOSED");
  return topic;
}

/** Throws a `Refusal` where the group has become a supergroup: nothing is written there any more. */
export function checkNotMigrated(chat: WorldChat): void {
  if (!isShared(chat) || chat.migrated_to === undefined) return;
  const { migrated_to } = chat;
  throw new Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", {
    migrate_to_chat_id: migrated_to,
  });
}

function checkMember(world: World, { kind, members }: SharedChat): void {
  const status = members.get(world.bot.id)?.status ?? "left";
  if (status === "kicked") throw forbidden(`bot was kicked from the ${kind} chat`);
  if (status === "left") throw forbidden(`bot is not a member of the ${kind} chat`);
}

/** Whether the bot may do here what administrators may. */
export function botIsAdministrator(world: World, chat: WorldChat): boolean {
  return isShared(chat) && isAdministrator(chat.members.get(world.bot.id));
}

/** The id that the call names a message by; 0 is none. */
export function messageId(call: Call): number {
  const id = call.integer("message_id");
  if (id === undefined || id === 0) throw badRequest("message identifier is not specified");
  return id;
}

/** The message in the chat; `purpose` ends the refusal, e.g. "edit". */
export function messageIn(chat: WorldChat, id: number, purpose: string): Message {
  const message = chat.messages.get(id);
  if (message === undefined) throw badRequest(`message to ${purpose} not found`);
  return message;
}
