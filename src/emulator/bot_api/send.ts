/** The methods that send something new. */
import type { Message } from "grammy/types";
import { type Media, type MediaField, mediaFields } from "../files/media.ts";
import { diceOf } from "../model/dice.ts";
import { randomNumber } from "../model/random_id.ts";
import { badRequest, notEmulated, Refusal } from "../model/refusal.ts";
import { fits } from "../schema/validate.ts";
import type { World } from "../world/world.ts";
import type { Call } from "./call.ts";
import {
  type CallParams,
  type Content,
  type FileSource,
  linkPreview,
  mediaFlags,
  readCaption,
  readFile,
  readFileMetadata,
  readMedia,
  readText,
} from "./content.ts";
import { postBotMessage } from "./post_bot_message.ts";
import { readMarkup } from "./markup.ts";
import { openChat } from "./place.ts";

export function sendMessage(world: World, call: Call): Message {
  const content = readText(world, call.params);
  const markup = readMarkup(call.params.reply_markup);
  return postBotMessage(world, call, { ...content, ...linkPreview(call.params) }, markup);
}

/** sendPhoto, sendDocument, …: the param has the name of the message's field. */
export async function sendMedia(world: World, call: Call, field: MediaField): Promise<Message> {
  const file = readFile(call, call.params[field]);
  if (file === undefined) throw badRequest(`there is no ${field} in the request`);
  const content = readCaption(world, call.params);
  const markup = readMarkup(call.params.reply_markup);
  // Before the file is worked on: a chat that cannot be written to costs nothing.
  openChat(world, call);
  const media = await readMedia(world.files, field, file, readFileMetadata(call.params));
  return postBotMessage(world, call, { ...media, ...content, ...mediaFlags(call.params) }, markup);
}

/** Which kinds may stand beside each other in an album: those of one row. */
const albums: readonly (readonly MediaField[])[] = [["photo", "video"], ["document"], ["audio"]];

/** Albums hold 2-10 items, as the documentation has it, and no keyboard. */
export async function sendMediaGroup(world: World, call: Call): Promise<Message[]> {
  const items = call.records("media");
  if (items === undefined) throw badRequest('parameter "media" is required');
  if (items.length === 0) throw badRequest("there are no messages to send");
  if (items.length > 10) throw badRequest("too many messages to send as an album");
  // The real server sends a single item as a plain message; its documentation wants two.
  if (items.length === 1) throw badRequest("there are too few messages to send as an album");
  // The real server drops the keyboard without a word, and the bot waits for taps for ever.
  if (call.params.reply_markup !== undefined) {
    throw badRequest("reply markup can't be used in an album");
  }
  const read = items.map((item) => readItem(world, call, item));
  const kinds = new Set(read.map(({ type }) => type));
  if (kinds.has("animation")) {
    throw badRequest("Can't use the media of the specified type in the album");
  }
  if (!albums.some((row) => [...kinds].every((kind) => row.includes(kind)))) {
    const odd = kinds.has("document") ? "document" : "audio";
    throw badRequest(`${odd} can't be mixed with other media types`);
  }
  openChat(world, call);
  const shown: (Content & Media)[] = [];
  for (const [i, { type, file, content, flags, facts }] of read.entries()) {
    const media = await readMedia(world.files, type, file, facts)
      .catch((error) => rethrowAt(i + 1, error));
    shown.push({ ...media, ...content, ...flags });
  }
  const media_group_id = randomNumber();
  return shown.map((content) => postBotMessage(world, call, { ...content, media_group_id }, {}));
}

/** A picture that cannot be worked on is named by its place in the album. */
function rethrowAt(position: number, error: unknown): never {
  const [, reason] = error instanceof Refusal
    ? /^Bad Request: (IMAGE_PROCESS_FAILED|PHOTO_INVALID_DIMENSIONS)$/.exec(error.message) ?? []
    : [];
  if (reason === undefined) throw error;
  throw badRequest(`failed to send message #${position} with the error message "${reason}"`);
}

/** An `InputMedia…` object: what it shows and says. Throws a `Refusal`. */
export function readItem(world: World, call: Call, item: CallParams) {
  const type = mediaFields.find((field) => field === item.type);
  if (typeof item.type !== "string") {
    throw badRequest("can't parse InputMedia: type must be of type String");
  }
  if (item.type === "live_photo") throw notEmulated("InputMedia live_photo");
  if (type === undefined || type === "voice") {
    throw badRequest("Can't use the media of the specified type in the album");
  }
  const file: FileSource | undefined = readFile(call, item.media);
  if (file === undefined) throw badRequest("can't parse InputMedia: media not found");
  const content = readCaption(world, item);
  return { type, file, content, flags: mediaFlags(item), facts: readFileMetadata(item) } as const;
}

export function sendLocation(world: World, call: Call): Message {
  const location = readLocation(call.params);
  return postBotMessage(world, call, { location }, readMarkup(call.params.reply_markup));
}

/** Throws a `Refusal` when there is no such place. */
export function readLocation(source: CallParams) {
  const { latitude, longitude, horizontal_accuracy, live_period, heading } = source;
  if (typeof latitude !== "number") throw badRequest("latitude is empty");
  if (typeof longitude !== "number") throw badRequest("longitude is empty");
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) {
    throw badRequest("wrong location specified");
  }
  return {
    latitude,
    longitude,
    ...typeof horizontal_accuracy === "number" && { horizontal_accuracy },
    ...typeof live_period === "number" && { live_period },
    ...typeof heading === "number" && { heading },
  };
}

export function sendContact(world: World, call: Call): Message {
  const contact = readContact(call.params);
  return postBotMessage(world, call, { contact }, readMarkup(call.params.reply_markup));
}

/** Throws a `Refusal` when it names nobody. */
export function readContact(source: CallParams) {
  const { phone_number, first_name, last_name, vcard } = source;
  if (isBlank(phone_number)) throw badRequest("phone_number is empty");
  if (isBlank(first_name)) throw badRequest("first_name is empty");
  return {
    phone_number: String(phone_number),
    first_name: String(first_name),
    ...!isBlank(last_name) && { last_name: String(last_name) },
    ...!isBlank(vcard) && { vcard: String(vcard) },
  };
}

function isBlank(value: unknown): boolean {
  return value === undefined || String(value).trim() === "";
}

export function sendDice(world: World, call: Call): Message {
  const dice = diceOf(call.text("emoji") || "🎲");
  if (dice === undefined) throw badRequest("wrong dice emoji specified");
  return postBotMessage(world, call, { dice }, readMarkup(call.params.reply_markup));
}

export function sendChatAction(world: World, call: Call): true {
  const action = call.text("action");
  const known = call.method.fields.get("action")?.shape;
  if (known === undefined || !fits(known, action)) {
    throw badRequest("wrong parameter action in request");
  }
  const chat = openChat(world, call);
  for (const person of world.viewers(chat)) {
    world.phoneEvents.emit({ name: "typing", person, chat: chat.id, action });
  }
  return true;
}
