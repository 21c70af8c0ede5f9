/** The methods that mark a message: pinChatMessage, unpinChatMessage, setMessageReaction. */
import type { Message, ReactionTypeEmoji } from "grammy/types";
import { chatOf, type WorldChat } from "../model/chat.ts";
import { withoutReply } from "../model/message_content.ts";
import { badRequest } from "../model/refusal.ts";
import { isReactionEmoji } from "../schema/reaction.ts";
import { emitChat, emitReactions } from "../world/view_chat.ts";
import { botUser, type World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { botIsAdministrator, messageId, messageIn, openChat } from "./place.ts";

/** A service message tells of it, except in a channel. */
export function pinChatMessage(world: World, call: Call): true {
  const chat = openChat(world, call);
  const message = messageIn(chat, messageId(call), "pin");
  checkMayPin(world, chat);
  const { message_id } = message;
  if (chat.pinned.at(-1) === message_id) throw badRequest("CHAT_NOT_MODIFIED");
  chat.pinned = [...chat.pinned.filter((id) => id !== message_id), message_id];
  emitChat(world, chat);
  if (chat.kind === "channel") return true;
  const service = {
    message_id: world.nextMessageId(),
    from: botUser(world.bot),
    chat: chatOf(chat),
    date: world.date(),
    pinned_message: withoutReply(message),
  };
  world.post(chat, service as Message);
  return true;
}

/** Without a message the newest pin goes. */
export function unpinChatMessage(world: World, call: Call): true {
  const chat = openChat(world, call);
  checkMayPin(world, chat);
  const id = call.integer("message_id") ?? chat.pinned.at(-1);
  if (id === undefined || !chat.messages.has(id)) throw badRequest("message to unpin not found");
  chat.pinned = chat.pinned.filter((pinned) => pinned !== id);
  emitChat(world, chat);
  return true;
}

function checkMayPin(world: World, chat: WorldChat): void {
  if (chat.kind !== "supergroup" || botIsAdministrator(world, chat)) return;
  throw badRequest("not enough rights to manage pinned messages in the chat");
}

/** A bot has one reaction to a message; none takes it back. */
export function setMessageReaction(world: World, call: Call): true {
  const chat = openChat(world, call);
  const { message_id } = messageIn(chat, messageId(call), "react");
  const given = call.records("reaction") ?? [];
  if (given.length > 1) throw badRequest("REACTIONS_TOO_MANY");
  const felt = given.map(({ type, emoji }): ReactionTypeEmoji => {
    if (type === "emoji" && isReactionEmoji(emoji)) return { type, emoji };
    throw badRequest("REACTION_INVALID");
  });
  const all = new Map(chat.reactions.get(message_id));
  all.delete(world.bot.id);
  if (felt.length > 0) all.set(world.bot.id, felt);
  chat.reactions.set(message_id, all);
  emitReactions(world, chat, message_id);
  return true;
}
