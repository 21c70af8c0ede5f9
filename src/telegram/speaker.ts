/** Who speaks in a message, and where they are to be answered. */
import { z } from "zod";
import type { Place } from "../../events/envelope.ts";
import { cutText } from "../base/clean_text.ts";

/** A person as Telegram tells of them, or a chat that speaks for itself. */
export interface Sender {
  /** Of a chat it is negative. */
  telegram_id: number;
  names: { first_name: string; last_name: string | null; username: string | null };
  /** An IETF tag, as the person's phone is set. */
  language: string | null;
}

/** As much of Telegram's User as is needed. */
export const User = z.object({
  id: z.int().positive(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
});
export type User = z.infer<typeof User>;

/** As much of Telegram's Chat as is needed. */
export const Chat = z.object({
  id: z.int(),
  type: z.string(),
  title: z.string().optional(),
  username: z.string().optional(),
});
export type Chat = z.infer<typeof Chat>;

/** Where a message stands. */
export const Standing = z.object({
  chat: Chat,
  message_id: z.int().positive().optional(),
  message_thread_id: z.int().positive().optional(),
  is_topic_message: z.boolean().optional(),
});

/** Where a message stands, and what it says of whom it is of. */
export const Spoken = Standing.extend({
  from: User.optional(),
  sender_chat: Chat.optional(),
  is_automatic_forward: z.boolean().optional(),
  /** Said to somebody's own account, which the bot only looks after. */
  business_connection_id: z.string().optional(),
});
export type Spoken = z.infer<typeof Spoken>;

/** Telegram's own user, which brings a channel's posts into the group where they are discussed. */
const TELEGRAM = 777000;
const NAME_MAX = 64;
const LANGUAGE_MAX = 35;

/**
 * Where a chat speaks, `from` is a user whom all such chats share: it is the chat that is told
 * apart then. Null for what is said by nobody: other bots, and posts that Telegram brings.
 */
export function speakerOf(message: Spoken): Sender | null {
  const { from, sender_chat, is_automatic_forward, business_connection_id } = message;
  if (is_automatic_forward || business_connection_id !== undefined) return null;
  if (sender_chat) return senderOfChat(sender_chat);
  return from?.id === TELEGRAM ? null : senderOf(from);
}

/** Null for a bot, and for nobody. */
export function senderOf(user: User | undefined): Sender | null {
  if (!user || user.is_bot) return null;
  return {
    telegram_id: user.id,
    names: {
      first_name: nameOf(user.first_name) ?? "",
      last_name: nameOf(user.last_name),
      username: nameOf(user.username),
    },
    language: cutText(user.language_code ?? "", LANGUAGE_MAX) || null,
  };
}

/** A group or a channel that speaks; null for a chat of another kind. */
export function senderOfChat({ id, title, username }: Chat): Sender | null {
  if (id >= 0) return null;
  return {
    telegram_id: id,
    names: { first_name: nameOf(title) ?? "", last_name: null, username: nameOf(username) },
    language: null,
  };
}

/** In a group a message is answered by a reply; in private only where it stands in a topic. */
export function placeOf(
  { chat, message_id, message_thread_id, is_topic_message }: z.infer<typeof Standing>,
): Place {
  // Without being in a topic, a thread is no more than a chain of replies.
  const thread = is_topic_message ? message_thread_id : undefined;
  const isReplied = chat.type !== "private" || thread !== undefined;
  return {
    ...thread !== undefined && { thread },
    ...isReplied && message_id !== undefined && { reply: message_id },
  };
}

const nameOf = (text: string | undefined): string | null => cutText(text ?? "", NAME_MAX) || null;
