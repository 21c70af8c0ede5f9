/** The methods that change or take away: edit…, deleteMessage, deleteMessages. */
import canonicalize from "canonicalize";
import type { Message } from "grammy/types";
import { type Call, integerOf } from "./call.ts";
import { documentMedia, photoMedia, readCaption, readText } from "./content.ts";
import { readMarkup } from "./markup.ts";
import { badRequest, forbidden, notEmulated } from "./refusal.ts";
import { knownChat, linkPreview, readItem } from "./send.ts";
import { isRecord } from "./validate.ts";
import type { PrivateChat, World } from "./world.ts";

const deletable_ms = 48 * 60 * 60 * 1000;
const deleted_at_once_max = 100;

/** What an edit of text, caption or media gives anew. */
const content = [
  "text",
  "entities",
  "caption",
  "caption_entities",
  "photo",
  "document",
  "link_preview_options",
  "has_media_spoiler",
  "show_caption_above_media",
  "reply_markup",
] as const;

export function editMessageText(world: World, call: Call): Message {
  const text = readText(call);
  const { chat, message } = target(world, call);
  if (message.text === undefined) throw badRequest("there is no text in the message to edit");
  return replace(world, call, chat, message, { ...text, ...linkPreview(call) });
}

export function editMessageCaption(world: World, call: Call): Message {
  const caption = readCaption(call.params);
  const { chat, message } = target(world, call);
  const { photo, document, has_media_spoiler } = message;
  if (photo === undefined && document === undefined) {
    throw badRequest("there is no caption in the message to edit");
  }
  const above = call.flag("show_caption_above_media");
  return replace(world, call, chat, message, {
    ...photo && { photo },
    ...document && { document },
    ...has_media_spoiler && { has_media_spoiler },
    ...above && { show_caption_above_media: true },
    ...caption,
  });
}

export async function editMessageMedia(world: World, call: Call): Promise<Message> {
  const { media } = call.params;
  if (!isRecord(media)) throw badRequest("media can't be parsed: it must be an Object");
  const { type, file, content, flags } = readItem(call, media);
  target(world, call);
  const shown = await (type === "photo" ? photoMedia : documentMedia)(world.files, file);
  // Looked up again: it may be gone by the time the picture is ready.
  const { chat, message } = target(world, call);
  if (message.media_group_id !== undefined && !(type in message)) {
    throw badRequest("message can't be edited");
  }
  return replace(world, call, chat, message, { ...shown, ...content, ...flags });
}

export function editMessageReplyMarkup(world: World, call: Call): Message {
  const { chat, message } = target(world, call);
  const kept = Object.fromEntries(
    content.filter((name) => name !== "reply_markup" && message[name] !== undefined)
      .map((name) => [name, message[name]]),
  );
  return replace(world, call, chat, message, kept);
}

export function deleteMessage(world: World, call: Call): true {
  const chat = knownChat(world, call);
  const message = chat.messages.get(messageId(call));
  if (message === undefined) throw badRequest("message to delete not found");
  checkAge(world, message);
  remove(world, chat, [message.message_id]);
  return true;
}

/** Ids of messages that are not there are skipped. */
export function deleteMessages(world: World, call: Call): true {
  const given = call.params.message_ids;
  if (!Array.isArray(given) || given.length === 0) {
    throw badRequest("message identifiers are not specified");
  }
  if (given.length > deleted_at_once_max) {
    throw badRequest("Too many message identifiers specified");
  }
  const chat = knownChat(world, call);
  const found = given.map((id) => chat.messages.get(integerOf(id) ?? 0))
    .filter((message) => message !== undefined);
  for (const message of found) checkAge(world, message);
  remove(world, chat, found.map((message) => message.message_id));
  return true;
}

function remove(world: World, chat: PrivateChat, message_ids: number[]): void {
  if (message_ids.length === 0) return;
  for (const id of message_ids) chat.messages.delete(id);
  world.happenings.tell({ name: "deleted", person: chat.person.id, message_ids });
  world.changed();
}

function checkAge(world: World, message: Message): void {
  if (world.now_ms() - message.date * 1000 > deletable_ms) {
    throw badRequest("message can't be deleted");
  }
}

function messageId(call: Call): number {
  const id = call.integer("message_id");
  if (id === undefined || id === 0) throw badRequest("message identifier is not specified");
  return id;
}

/** The bot's own message that the call names. */
function target(world: World, call: Call): { chat: PrivateChat; message: Message } {
  if (call.params.inline_message_id !== undefined) throw notEmulated("editing an inline message");
  const chat = knownChat(world, call);
  const message = chat.messages.get(messageId(call));
  if (message === undefined) throw badRequest("message to edit not found");
  if (message.from?.id !== world.bot.id) throw badRequest("message can't be edited");
  if (chat.person.blocked) throw forbidden("bot was blocked by the user");
  return { chat, message };
}

/** A new object takes the old one's place: updates that carry the old one keep it. */
function replace(
  world: World,
  call: Call,
  chat: PrivateChat,
  message: Message,
  changes: Partial<Message>,
): Message {
  const { inline } = readMarkup(call.params.reply_markup);
  const next: Partial<Message> = { ...changes, ...inline && { reply_markup: inline } };
  if (same(message, next)) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly " +
        "the same as a current content and reply markup of the message",
    );
  }
  const rest = { ...message };
  for (const name of content) delete rest[name];
  const edited = { ...rest, edit_date: world.date(), ...next } as Message;
  chat.messages.set(edited.message_id, edited);
  world.happenings.tell({ name: "edited", person: chat.person.id, message: edited });
  world.changed();
  return edited;
}

function same(message: Message, next: Partial<Message>): boolean {
  return content.every((name) => canonicalize(message[name]) === canonicalize(next[name]));
}
