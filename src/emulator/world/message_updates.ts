/** Which messages the bot receives of, and as which kind of update. */
import type { Message, Update } from "grammy/types";
import { isAdministrator, isInside, isShared, type WorldChat } from "../model/chat.ts";
import type { World } from "./world.ts";

/** Tells the bot of a message that somebody else wrote or edited, if it is one that it receives. */
export function queueMessageUpdate(
  world: World,
  chat: WorldChat,
  message: Message,
  edited = false,
): void {
  if (!receives(world, chat, message)) return;
  if (chat.kind === "channel") {
    const post = message as NonNullable<Update["channel_post"]>;
    world.update(edited ? "edited_channel_post" : "channel_post", post);
  } else {
    const said = message as NonNullable<Update["message"]>;
    world.update(edited ? "edited_message" : "message", said);
  }
}

function receives(world: World, chat: WorldChat, message: Message): boolean {
  if (chat.kind === "private") return true;
  if (!isShared(chat)) return false;
  const member = chat.members.get(world.bot.id);
  if (!isInside(member)) return false;
  if (chat.kind === "channel" || isAdministrator(member)) return true;
  return world.bot.can_read_all_group_messages || isForBot(world, message);
}

/** In privacy mode: service messages, commands, replies to the bot, mentions, its inline results. */
function isForBot(world: World, message: Message): boolean {
  const { id, username } = world.bot;
  if (message.reply_to_message?.from?.id === id || message.via_bot?.id === id) return true;
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities ?? [];
  if (isServiceMessage(message)) return true;
  return entities.some(({ type, offset, length }) => {
    const marked = text?.slice(offset, offset + length).toLowerCase() ?? "";
    if (type === "mention") return marked === `@${username.toLowerCase()}`;
    if (type !== "bot_command") return false;
    const [, addressed] = marked.split("@");
    return addressed === undefined || addressed === username.toLowerCase();
  });
}

const service = [
  "new_chat_members",
  "left_chat_member",
  "new_chat_title",
  "new_chat_photo",
  "delete_chat_photo",
  "group_chat_created",
  "supergroup_chat_created",
  "channel_chat_created",
  "migrate_to_chat_id",
  "migrate_from_chat_id",
  "pinned_message",
  "forum_topic_created",
  "forum_topic_closed",
  "forum_topic_reopened",
] as const;

/** A message that tells of the chat itself: nobody wrote it, nobody can forward it. */
export function isServiceMessage(message: Message): boolean {
  return service.some((name) => message[name] !== undefined);
}

/** Whether the bot wrote this message, or posted it in a channel. */
export function isByBot(world: World, chat: WorldChat, message: Message): boolean {
  if (message.from?.id === world.bot.id) return true;
  return isShared(chat) && chat.bot_posts.has(message.message_id);
}
