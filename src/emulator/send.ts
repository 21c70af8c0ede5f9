/** The methods that send: sendMessage, sendPhoto, sendDocument, sendMediaGroup, sendChatAction. */
import type { Message } from "grammy/types";
import { type Call, integerOf } from "./call.ts";
import {
  type Content,
  documentMedia,
  type Media,
  photoMedia,
  readCaption,
  readFile,
  readText,
} from "./content.ts";
import { type Markup, readMarkup } from "./markup.ts";
import { randomNumber } from "./random_id.ts";
import { badRequest, forbidden, notEmulated, Refusal } from "./refusal.ts";
import type { Upload } from "./upload.ts";
import { isRecord } from "./validate.ts";
import { botUser, chatOf, type PrivateChat, type World } from "./world.ts";

export function sendMessage(world: World, call: Call): Message {
  const content = readText(call);
  const markup = readMarkup(call.params.reply_markup);
  return deliver(world, call, { ...content, ...linkPreview(call) }, markup);
}

export async function sendPhoto(world: World, call: Call): Promise<Message> {
  const file = readFile(call, call.params.photo);
  if (file === undefined) throw badRequest("there is no photo in the request");
  return await sendMedia(world, call, () => photoMedia(world.files, file));
}

export async function sendDocument(world: World, call: Call): Promise<Message> {
  const file = readFile(call, call.params.document);
  if (file === undefined) throw badRequest("there is no document in the request");
  return await sendMedia(world, call, () => documentMedia(world.files, file));
}

async function sendMedia(world: World, call: Call, media: () => Promise<Media>): Promise<Message> {
  const content = readCaption(call.params);
  const markup = readMarkup(call.params.reply_markup);
  // Before the picture is worked on: a chat that cannot be written to costs nothing.
  openChat(world, call);
  const shown = { ...await media(), ...content, ...mediaFlags(call.params) };
  return deliver(world, call, shown, markup);
}

/** Albums hold 2-10 photos or 2-10 documents, as the documentation has it, and no keyboard. */
export async function sendMediaGroup(world: World, call: Call): Promise<Message[]> {
  const items = call.records("media");
  if (items === undefined) throw badRequest('parameter "media" is required');
  if (items.length === 0) throw badRequest("there are no messages to send");
  if (items.length > 10) throw badRequest("too many messages to send as an album");
  // The real server sends a single item as a plain message; its documentation wants two.
  if (items.length === 1) throw badRequest("there are too few messages to send as an album");
  const read = items.map((item) => readItem(call, item));
  if (read.some(({ type }) => type === "document") && read.some(({ type }) => type === "photo")) {
    throw badRequest("document can't be mixed with other media types");
  }
  openChat(world, call);
  const shown: (Content & Media)[] = [];
  for (const [i, { type, file, content, flags }] of read.entries()) {
    const keep = type === "photo" ? photoMedia : documentMedia;
    const media = await keep(world.files, file).catch((error) => rethrowAt(i + 1, error));
    shown.push({ ...media, ...content, ...flags });
  }
  const media_group_id = randomNumber();
  return shown.map((content) => deliver(world, call, { ...content, media_group_id }, {}));
}

/** A picture that cannot be worked on is named by its place in the album. */
function rethrowAt(position: number, error: unknown): never {
  const [, reason] = error instanceof Refusal
    ? /^Bad Request: (IMAGE_PROCESS_FAILED|PHOTO_INVALID_DIMENSIONS)$/.exec(error.message) ?? []
    : [];
  if (reason === undefined) throw error;
  throw badRequest(`failed to send message #${position} with the error message "${reason}"`);
}

export function readItem(call: Call, item: Readonly<Record<string, unknown>>) {
  const { type } = item;
  if (typeof type !== "string") {
    throw badRequest("can't parse InputMedia: type must be of type String");
  }
  if (type !== "photo" && type !== "document") {
    if (["video", "audio", "live_photo"].includes(type)) throw notEmulated(`InputMedia ${type}`);
    throw badRequest(`Can't use the media of the specified type in the album`);
  }
  const file: Upload | string | undefined = readFile(call, item.media);
  if (file === undefined) throw badRequest("can't parse InputMedia: media not found");
  return { type, file, content: readCaption(item), flags: mediaFlags(item) } as const;
}

export function sendChatAction(world: World, call: Call): true {
  const action = call.text("action");
  if (action === "") throw badRequest("wrong parameter action in request");
  const chat = openChat(world, call);
  world.happenings.tell({ name: "typing", person: chat.person.id, action });
  return true;
}

/** The chat that the call may write to. Throws a `Refusal` in the real server's words. */
export function openChat(world: World, call: Call): PrivateChat {
  const chat = knownChat(world, call);
  if (!chat.started) throw forbidden("bot can't initiate conversation with a user");
  if (chat.person.blocked) throw forbidden("bot was blocked by the user");
  return chat;
}

/** The chat that the call names, whether it may be written to or not. */
export function knownChat(world: World, call: Call): PrivateChat {
  if (call.text("chat_id") === "") throw badRequest("chat_id is empty");
  const chat = world.chats.get(call.integer("chat_id") ?? 0);
  if (chat === undefined) throw badRequest("chat not found");
  return chat;
}

function deliver(
  world: World,
  call: Call,
  content: Partial<Message>,
  markup: Markup,
): Message {
  const chat = openChat(world, call);
  const message = {
    message_id: world.nextMessageId(),
    from: botUser(world.bot),
    chat: chatOf(chat.person),
    date: world.date(),
    ...replyTo(chat, call),
    ...call.flag("protect_content") && { has_protected_content: true as const },
    ...content,
    ...markup.inline && { reply_markup: markup.inline },
  } as Message;
  if (markup.reply !== undefined) {
    chat.keyboard = markup.reply;
    world.happenings.tell({ name: "keyboard", person: chat.person.id, keyboard: chat.keyboard });
  }
  return world.post(chat, message);
}

function replyTo(chat: PrivateChat, call: Call): Partial<Message> {
  const given = call.params.reply_parameters;
  if (!isRecord(given)) return {};
  const found = chat.messages.get(integerOf(given.message_id) ?? 0);
  if (found === undefined) {
    if (given.allow_sending_without_reply === true) return {};
    throw badRequest("message to be replied not found");
  }
  return { reply_to_message: quoted(found) };
}

/** A message inside another one holds no further one. */
export function quoted(message: Message): NonNullable<Message["reply_to_message"]> {
  const { reply_to_message: _, ...rest } = message;
  return rest as NonNullable<Message["reply_to_message"]>;
}

export function linkPreview(call: Call): Partial<Message> {
  const given = call.params.link_preview_options;
  return isRecord(given) && Object.keys(given).length > 0 ? { link_preview_options: given } : {};
}

function mediaFlags(source: Readonly<Record<string, unknown>>): Partial<Message> {
  return {
    ...source.has_spoiler === true && { has_media_spoiler: true as const },
    ...source.show_caption_above_media === true && { show_caption_above_media: true as const },
  };
}
