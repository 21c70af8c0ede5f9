/** What a message says or shows, apart from where, when and by whom. */
import type { Message, MessageOrigin } from "grammy/types";

/** The fields that an edit replaces, and that a forward or a copy takes along. */
export const contentFields = [
  "text",
  "entities",
  "link_preview_options",
  "photo",
  "document",
  "voice",
  "audio",
  "video",
  "animation",
  "sticker",
  "caption",
  "caption_entities",
  "has_media_spoiler",
  "show_caption_above_media",
  "location",
  "venue",
  "contact",
  "dice",
] as const;

/** What a message says and shows, without its sender. */
export type MessageContent = Partial<Pick<Message, typeof contentFields[number]>>;

/** The part of the message that a copy of it keeps. */
export function contentOf(message: Message): MessageContent {
  const fields = contentFields.filter((name) => message[name] !== undefined)
    .map((name) => [name, message[name]]);
  return Object.fromEntries(fields);
}

/** What a forward of this message says of where it comes from. */
export function originOf(message: Message): MessageOrigin {
  const { forward_origin, sender_chat, from, date, message_id, author_signature } = message;
  if (forward_origin !== undefined) return forward_origin;
  const signature = author_signature === undefined ? {} : { author_signature };
  if (sender_chat?.type === "channel") {
    return { type: "channel", chat: sender_chat, message_id, date, ...signature };
  }
  if (sender_chat !== undefined) return { type: "chat", sender_chat, date, ...signature };
  if (from === undefined) return { type: "hidden_user", sender_user_name: "", date };
  return { type: "user", sender_user: from, date };
}

/** The message with the content of another in place of its own. */
export function withContent(message: Message, content: Partial<Message>): Message {
  const rest = { ...message };
  for (const name of contentFields) delete rest[name];
  return { ...rest, ...content } as Message;
}

/** A message inside another one holds no further one. */
export function withoutReply(message: Message): NonNullable<Message["reply_to_message"]> {
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message["reply_to_message"]>;
}
