/** What people send from their phones; the bot receives of it through updates. */
import type { Contact, Location, Message } from "grammy/types";
import type { FileMetadata } from "../files/file_store.ts";
import { keepMedia, keepPhoto, type Media, type MediaField } from "../files/media.ts";
import type { ChatActor } from "../model/chat.ts";
import { diceOf } from "../model/dice.ts";
import { contentOf, originOf } from "../model/message_content.ts";
import type { OtherKind } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import { randomNumber } from "../model/random_id.ts";
import { Refusal } from "../model/refusal.ts";
import type { Upload } from "../model/upload.ts";
import { characters } from "../schema/validate.ts";
import { plainText } from "../text/entities.ts";
import { isServiceMessage } from "../world/message_updates.ts";
import type { World } from "../world/world.ts";
import {
  checkMayWrite,
  postPersonMessage,
  type Reply,
  seenMessage,
} from "./post_person_message.ts";
import { otherContent } from "./other_message.ts";

/** What a deep link may carry after `?start=`. */
export const startPayload = /^[A-Za-z0-9_-]{1,64}$/;

/** Writes a text; throws a `PersonError` when a phone would not send it. */
export function say(world: World, at: ChatActor, said: string, reply: Reply = {}): Message {
  const { text, entities } = plainText(said);
  if (text === "") throw new PersonError("Cannot say nothing: write a text");
  if (characters(text, 4096) > 4096) {
    throw PersonError.because("too_long", "Cannot say more than 4096 characters");
  }
  return postPersonMessage(world, at, { text, ...entities.length > 0 && { entities } }, reply);
}

/** Presses Start; a deep link brings its payload. */
export function start(world: World, at: ChatActor, payload = ""): Message {
  if (payload !== "" && !startPayload.test(payload)) {
    throw new PersonError(
      `Cannot start with ${JSON.stringify(payload)}: a payload is 1-64 of A-Z a-z 0-9 _ -`,
    );
  }
  return say(world, at, `/start ${payload}`);
}

/** What goes with pictures and files. */
export interface Album extends Reply {
  caption?: string | undefined;
  media_group_id?: string | undefined;
}

/** Several photos are one album: one `media_group_id`, a message and an update each. */
export async function sendPhotos(
  world: World,
  at: ChatActor,
  pictures: readonly Uint8Array[],
  options: Album = {},
): Promise<Message[]> {
  checkCount(pictures);
  checkMayWrite(at);
  const photos = await Promise.all(
    pictures.map(async (bytes) => ({ photo: await photoOf(world, bytes) })),
  );
  return sendAll(world, at, photos, 0, options);
}

/** Files as they are: bytes, type and name stay. */
export async function sendDocuments(
  world: World,
  at: ChatActor,
  uploads: readonly Upload[],
  options: Album = {},
): Promise<Message[]> {
  checkCount(uploads);
  checkMayWrite(at);
  const documents: Media[] = [];
  for (const upload of uploads) {
    documents.push(await keepMedia(world.files, "document", upload, {}, "person"));
  }
  return sendAll(world, at, documents, documents.length - 1, options);
}

/** A voice note, music, a video or an animation. */
export async function sendMedia(
  world: World,
  at: ChatActor,
  kind: Exclude<MediaField, "photo" | "document">,
  upload: Upload,
  options: FileMetadata & Reply & { caption?: string | undefined } = {},
): Promise<Message> {
  if (upload.bytes.length === 0) {
    throw PersonError.because("empty_file", "Cannot send an empty file");
  }
  checkMayWrite(at);
  const media = await keepMedia(world.files, kind, upload, options, "person");
  return postPersonMessage(world, at, { ...media, ...captionOf(options.caption) }, options);
}

/** Shares a place, in degrees. */
export function sendLocation(world: World, at: ChatActor, location: Location): Message {
  const { latitude, longitude } = location;
  if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
    throw new PersonError(`Cannot be at ${latitude}, ${longitude}: there is no such place`);
  }
  return postPersonMessage(world, at, { location: { latitude, longitude } });
}

/** Shares somebody's card. */
export function sendContact(world: World, at: ChatActor, contact: Contact): Message {
  return postPersonMessage(world, at, { contact });
}

/** Rolls a die, or throws another emoji that has an outcome. */
export function sendDice(world: World, at: ChatActor, emoji = "🎲"): Message {
  const dice = diceOf(emoji);
  if (dice === undefined) throw new PersonError(`Cannot throw ${emoji}: it is no dice`);
  return postPersonMessage(world, at, { dice });
}

/** Sends something that this bot has no use for. */
export async function sendOther(world: World, at: ChatActor, kind: OtherKind): Promise<Message> {
  checkMayWrite(at);
  return postPersonMessage(world, at, await otherContent(world.files, at.person, kind));
}

/** Forwards a message out of another of the person's chats into this one. */
export function forward(
  world: World,
  at: ChatActor,
  from_chat_id: number,
  message_id: number,
): Message {
  const found = seenMessage(world.at(at.person.id, from_chat_id), message_id);
  if (found.has_protected_content === true || isServiceMessage(found)) {
    throw PersonError.because("not_forwarded", `Cannot forward message ${message_id}`);
  }
  const { via_bot } = found;
  return postPersonMessage(world, at, {
    forward_origin: originOf(found),
    ...via_bot !== undefined && { via_bot },
    ...contentOf(found),
  });
}

/** `captioned` is the place of the one that carries the caption. */
function sendAll(
  world: World,
  at: ChatActor,
  contents: readonly Partial<Message>[],
  captioned: number,
  options: Album,
): Message[] {
  const group = options.media_group_id ?? (contents.length > 1 ? randomNumber() : undefined);
  return contents.map((content, i) =>
    postPersonMessage(world, at, {
      ...content,
      ...group !== undefined && { media_group_id: group },
      ...i === captioned && captionOf(options.caption),
    }, options)
  );
}

async function photoOf(world: World, bytes: Uint8Array) {
  try {
    return await keepPhoto(world.files, bytes, "person");
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw PersonError.because(
      "no_picture",
      "Cannot send this as a photo: it is no picture, or far too narrow",
    );
  }
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
