/** The methods that change or take away what is there: edit…, deleteMessage, deleteMessages. */
import canonicalize from "canonicalize";
import type { Message } from "grammy/types";
import { type Media, mediaFields } from "../files/media.ts";
import type { WorldChat } from "../model/chat.ts";
import { integerOf, isRecord } from "../model/json_value.ts";
import { contentFields, contentOf, withContent } from "../model/message_content.ts";
import { badRequest } from "../model/refusal.ts";
import { isByBot, isServiceMessage } from "../world/message_updates.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";
import { linkPreview, mediaFlags, readCaption, readMedia, readText } from "./content.ts";
import { readMarkup } from "./markup.ts";
import {
  botIsAdministrator,
  checkNotMigrated,
  knownChat,
  messageId,
  messageIn,
  openChat,
} from "./place.ts";
import { readItem } from "./send.ts";

const deletable_ms = 48 * 60 * 60 * 1000;
const deleted_at_once_max = 100;

/** What an edit replaces. */
const edited = [...contentFields, "reply_markup"] as const;

interface Target {
  chat: WorldChat;
  message: Message;
  /** The bot knows it by its inline id only, and is not shown the result. */
  inline: boolean;
}

export function editMessageText(world: World, call: Call): Message | true {
  const text = readText(world, call.params);
  const target = targetOf(world, call);
  if (target.message.text === undefined) {
    throw badRequest("there is no text in the message to edit");
  }
  return replace(world, call, target, { ...text, ...linkPreview(call.params) });
}

export function editMessageCaption(world: World, call: Call): Message | true {
  const caption = readCaption(world, call.params);
  const target = targetOf(world, call);
  if (!mediaFields.some((field) => target.message[field] !== undefined)) {
    throw badRequest("there is no caption in the message to edit");
  }
  const { caption: _, caption_entities: __, ...kept } = contentOf(target.message);
  const { show_caption_above_media: ___, ...media } = kept;
  const above = call.flag("show_caption_above_media");
  return replace(world, call, target, {
    ...media,
    ...above && { show_caption_above_media: true },
    ...caption,
  });
}

export async function editMessageMedia(world: World, call: Call): Promise<Message | true> {
  const { media } = call.params;
  if (!isRecord(media)) throw badRequest("media can't be parsed: it must be an Object");
  const { type, file, content, flags, facts } = readItem(world, call, media);
  targetOf(world, call);
  const shown: Media = await readMedia(world.files, type, file, facts);
  // Looked up again: it may be gone by the time the file is ready.
  const target = targetOf(world, call);
  if (target.message.media_group_id !== undefined && !(type in target.message)) {
    throw badRequest("message can't be edited");
  }
  return replace(world, call, target, { ...shown, ...content, ...flags, ...mediaFlags(media) });
}

export function editMessageReplyMarkup(world: World, call: Call): Message | true {
  const target = targetOf(world, call);
  return replace(world, call, target, contentOf(target.message));
}

export function deleteMessage(world: World, call: Call): true {
  const chat = knownChat(world, call);
  checkNotMigrated(chat);
  const message = messageIn(chat, messageId(call), "delete");
  checkDeletable(world, chat, message);
  world.remove(chat, [message.message_id]);
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
  checkNotMigrated(chat);
  const found = given.map((id) => chat.messages.get(integerOf(id) ?? 0))
    .filter((message) => message !== undefined);
  for (const message of found) checkDeletable(world, chat, message);
  world.remove(chat, found.map((message) => message.message_id));
  return true;
}

/** For 48 hours: its own, everything in a private chat, everything where it is an administrator. */
function checkDeletable(world: World, chat: WorldChat, message: Message): void {
  const young = world.now_ms() - message.date * 1000 <= deletable_ms;
  const may = chat.kind === "private" || isByBot(world, chat, message) ||
    botIsAdministrator(world, chat);
  if (!young || !may) throw badRequest("message can't be deleted");
}

/** The message of its own that the call names, or in a channel that it administers any. */
function targetOf(world: World, call: Call): Target {
  const inline_id = call.text("inline_message_id");
  if (inline_id !== "") return inlineTarget(world, inline_id);
  const known = knownChat(world, call);
  const message = messageIn(known, messageId(call), "edit");
  const own = isByBot(world, known, message) ||
    (known.kind === "channel" && botIsAdministrator(world, known));
  if (!own || isServiceMessage(message) || message.forward_origin !== undefined) {
    throw badRequest("message can't be edited");
  }
  return { chat: openChat(world, call), message, inline: false };
}

function inlineTarget(world: World, inline_id: string): Target {
  const place = world.inline_messages.get(inline_id);
  const chat = world.chats.get(place?.chat ?? 0);
  const message = chat?.messages.get(place?.message_id ?? 0);
  if (chat === undefined || message === undefined) throw badRequest("MESSAGE_ID_INVALID");
  return { chat, message, inline: true };
}

/** A new object takes the old one's place: updates that carry the old one keep it. */
function replace(
  world: World,
  call: Call,
  { chat, message, inline }: Target,
  content: Partial<Message>,
): Message | true {
  const { inline: keyboard } = readMarkup(call.params.reply_markup);
  // Albums show no keyboard: the real server drops it and finds nothing changed.
  const shows = keyboard !== undefined && message.media_group_id === undefined;
  const next: Partial<Message> = { ...content, ...shows && { reply_markup: keyboard } };
  if (edited.every((name) => canonicalize(message[name]) === canonicalize(next[name]))) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly " +
        "the same as a current content and reply markup of the message",
    );
  }
  const { reply_markup: _, ...rest } = withContent(message, {});
  const changed = { ...rest, edit_date: world.date(), ...next } as Message;
  world.replace(chat, changed);
  return inline ? true : changed;
}
