/** What people do on their phones; the bot hears of it through updates. */
import type { Message, PhotoSize, Update } from "grammy/types";
import { keepDocument, keepPhoto } from "./content.ts";
import type { OtherKind } from "./emulator.ts";
import { plainText } from "./entities.ts";
import { otherContent } from "./other_message.ts";
import { PersonError } from "./person_error.ts";
import { readQr } from "./qr_reader.ts";
import { randomNumber } from "./random_id.ts";
import { Refusal } from "./refusal.ts";
import { quoted } from "./send.ts";
import { Upload } from "./upload.ts";
import { characters } from "./validate.ts";
import { botUser, chatOf, type PrivateChat, userOf, type World } from "./world.ts";

const start_payload = /^[A-Za-z0-9_-]{1,64}$/;

export function say(
  world: World,
  chat: PrivateChat,
  said: string,
  reply_to?: number,
): Message {
  const { text, entities } = plainText(said);
  if (text === "") throw new PersonError("Cannot say nothing: write a text");
  if (characters(text, 4096) > 4096) throw new PersonError("Cannot say more than 4096 characters");
  return arrive(world, chat, {
    text,
    ...entities.length > 0 && { entities },
    ...reply_to !== undefined && { reply_to_message: repliedTo(chat, reply_to) },
  });
}

/** Presses Start; a deep link brings its payload. */
export function start(world: World, chat: PrivateChat, payload = ""): Message {
  if (payload !== "" && !start_payload.test(payload)) {
    throw new PersonError(
      `Cannot start with ${JSON.stringify(payload)}: a payload is 1-64 of A-Z a-z 0-9 _ -`,
    );
  }
  return say(world, chat, `/start ${payload}`);
}

/** Several photos are one album: one `media_group_id`, a message and an update each. */
export async function sendPhotos(
  world: World,
  chat: PrivateChat,
  pictures: readonly Uint8Array[],
  options: { caption?: string | undefined; media_group_id?: string | undefined } = {},
): Promise<Message[]> {
  checkCount(pictures);
  const photos = await Promise.all(pictures.map((bytes) => photoOf(world, bytes)));
  const group = options.media_group_id ?? (photos.length > 1 ? randomNumber() : undefined);
  return photos.map((photo, i) =>
    arrive(world, chat, {
      photo,
      ...group !== undefined && { media_group_id: group },
      ...i === 0 && captionOf(options.caption),
    })
  );
}

async function photoOf(world: World, bytes: Uint8Array): Promise<PhotoSize[]> {
  try {
    return await keepPhoto(world.files, bytes, "person");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new PersonError("Cannot send this as a photo: it is no picture, or far too narrow");
  }
}

/** Files as they are: bytes, type and name stay. */
export async function sendDocuments(
  world: World,
  chat: PrivateChat,
  uploads: readonly Upload[],
  caption?: string,
): Promise<Message[]> {
  checkCount(uploads);
  const documents = [];
  for (const upload of uploads) documents.push(await keepDocument(world.files, upload));
  const group = documents.length > 1 ? randomNumber() : undefined;
  return documents.map((document, i) =>
    arrive(world, chat, {
      document,
      ...group !== undefined && { media_group_id: group },
      ...i === documents.length - 1 && captionOf(caption),
    })
  );
}

export async function sendOther(
  world: World,
  chat: PrivateChat,
  kind: OtherKind,
): Promise<Message> {
  return arrive(world, chat, await otherContent(world.files, chat.person, kind));
}

/** Taps an inline button; answers the id of the callback query. */
export function tap(world: World, chat: PrivateChat, message_id: number, data: string): string {
  const message = chat.messages.get(message_id);
  if (message === undefined) throw new PersonError(`Cannot find message ${message_id}`, 404);
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  if (!buttons.some((button) => "callback_data" in button && button.callback_data === data)) {
    throw new PersonError(`Cannot tap ${JSON.stringify(data)}: message ${message_id} has none`);
  }
  const id = randomNumber();
  world.taps.set(id, {
    id,
    person: chat.person.id,
    message_id,
    at: world.now_ms(),
    answered: false,
  });
  world.update("callback_query", {
    id,
    from: userOf(chat.person),
    message,
    chat_instance: String(chat.person.id),
    data,
  });
  world.changed();
  return id;
}

/** Points the phone's camera at a picture and follows what it reads. */
export async function scan(
  world: World,
  chat: PrivateChat,
  file_id: string,
): Promise<{ text: string; message: Message }> {
  const file = world.files.find(file_id);
  if (file === undefined) throw new PersonError("Cannot find the picture to scan", 404);
  const text = await readQr(world.files.bytes(file));
  if (text === undefined) throw new PersonError("There is no QR code on this picture", 422);
  const link = /^https?:\/\/t\.me\/(\w+)\?start=([^&#]*)$/i.exec(text);
  if (link?.[1]?.toLowerCase() !== world.bot.username.toLowerCase()) {
    throw new PersonError("The QR code does not lead to this bot", 422, text);
  }
  const payload = link[2] ?? "";
  if (!start_payload.test(payload)) {
    throw new PersonError("The QR code's link has no payload that Telegram passes on", 422, text);
  }
  return { text, message: start(world, chat, payload) };
}

export function setBlocked(world: World, chat: PrivateChat, blocked: boolean): void {
  if (chat.person.blocked === blocked) return;
  chat.person.blocked = blocked;
  const user = botUser(world.bot);
  const member = { status: "member", user } as const;
  const kicked = { status: "kicked", user, until_date: 0 } as const;
  world.update("my_chat_member", {
    chat: chatOf(chat.person),
    from: userOf(chat.person),
    date: world.date(),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  });
  world.happenings.tell({ name: "person", person: { ...chat.person } });
  world.changed();
}

function arrive(world: World, chat: PrivateChat, content: Partial<Message>): Message {
  if (chat.person.blocked) {
    throw new PersonError(`Cannot write: ${chat.person.first_name} has blocked the bot`);
  }
  chat.started = true;
  const message = {
    message_id: world.nextMessageId(),
    from: userOf(chat.person),
    chat: chatOf(chat.person),
    date: world.date(),
    ...content,
  } as NonNullable<Update["message"]>;
  world.post(chat, message);
  world.update("message", message);
  return message;
}

function repliedTo(chat: PrivateChat, message_id: number) {
  const found = chat.messages.get(message_id);
  if (found === undefined) throw new PersonError(`Cannot find message ${message_id}`, 404);
  return quoted(found);
}

function captionOf(given = ""): Partial<Message> {
  const { text: caption, entities } = plainText(given);
  if (caption === "") return {};
  return { caption, ...entities.length > 0 && { caption_entities: entities } };
}

function checkCount(files: readonly unknown[]): void {
  if (files.length < 1 || files.length > 10) {
    throw new PersonError(`Cannot send ${files.length} files: expected 1-10`);
  }
}
