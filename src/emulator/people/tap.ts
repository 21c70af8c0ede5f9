/** What a person's finger and camera do: tap inline buttons, scan QR codes. */
import type { Message } from "grammy/types";
import { readQr } from "../files/qr_reader.ts";
import { type ChatActor, userOf } from "../model/chat.ts";
import { PersonError } from "../model/person_error.ts";
import { randomNumber } from "../model/random_id.ts";
import { isByBot } from "../world/message_updates.ts";
import type { World } from "../world/world.ts";
import { start, startPayload } from "./acts.ts";
import { seenMessage } from "./post_person_message.ts";

/** Taps an inline button; answers the id of the callback query. */
export function tap(world: World, at: ChatActor, message_id: number, data: string): string {
  const { chat, person } = at;
  const message = seenMessage(at, message_id);
  const buttons = message.reply_markup?.inline_keyboard.flat() ?? [];
  if (!buttons.some((button) => "callback_data" in button && button.callback_data === data)) {
    throw new PersonError(`Cannot tap ${JSON.stringify(data)}: message ${message_id} has none`);
  }
  const id = randomNumber();
  world.taps.set(id, {
    id,
    person: person.id,
    chat: chat.id,
    message_id,
    at: world.now_ms(),
    answered: false,
  });
  world.update("callback_query", {
    id,
    from: userOf(person),
    ...isByBot(world, chat, message) ? { message } : inlineIdOf(world, chat.id, message),
    chat_instance: String(chat.id),
    data,
  });
  world.changed();
  return id;
}

/** A message that a person sent through the bot is known to it by an id of its own. */
function inlineIdOf(world: World, chat: number, { message_id }: Message) {
  for (const [inline_message_id, place] of world.inline_messages) {
    if (place.chat === chat && place.message_id === message_id) return { inline_message_id };
  }
  throw new PersonError(`Cannot tap: message ${message_id} is not the bot's`);
}

/** Points the phone's camera at a picture and follows what it reads, into the bot's chat. */
export async function scan(
  world: World,
  at: ChatActor,
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
  if (!startPayload.test(payload)) {
    throw new PersonError("The QR code's link has no payload that Telegram passes on", 422, text);
  }
  return { text, message: start(world, world.at(at.person.id), payload) };
}
