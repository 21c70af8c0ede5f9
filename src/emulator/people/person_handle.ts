/** A person for tests and for demo data: acts as they would, sees what they see. */
import type { Message } from "grammy/types";
import { type ChatActor, isShared } from "../model/chat.ts";
import { PersonError } from "../model/person_error.ts";
import type { PersonHandle } from "../model/person_handle.ts";
import { Upload } from "../model/upload.ts";
import type { World } from "../world/world.ts";
import { say, sendContact, sendDocuments, sendOther, sendPhotos, start } from "./acts.ts";
import { setBlocked } from "./membership.ts";
import { ownContact } from "./other_message.ts";
import { personInChats } from "./person_in_chats.ts";
import { scan, tap } from "./tap.ts";
import { waitFor } from "./wait_for.ts";

/** `at` is where the person acts. */
export function personHandle(world: World, at: ChatActor): PersonHandle {
  const { person, chat } = at;
  const { id } = person;
  const taps = () => [...world.taps.values()].filter((tap) => tap.person === id);
  return {
    id,
    ...personInChats(world, at, (chat_id) => personHandle(world, world.at(id, chat_id))),
    say: async (text, options) => await say(world, at, text, options),
    start: async (payload) => await start(world, at, payload),
    photo: async (bytes, options) => only(await sendPhotos(world, at, [bytes], options)),
    album: (photos, options) => sendPhotos(world, at, photos, options),
    async document(bytes, { file_name, mime_type, caption }) {
      const upload = new Upload(bytes, file_name, mime_type);
      return only(await sendDocuments(world, at, [upload], { caption }));
    },
    other: (kind) => sendOther(world, at, kind),
    tap: async (message_id, data) => await tap(world, at, message_id, data),
    tapButton: async (label) => await tapButton(world, at, label),
    messages: () => [...chat.messages.values()],
    toasts: () =>
      taps().flatMap(({ id, toast }) =>
        toast === undefined ? [] : [{ callback_query_id: id, ...toast }]
      ),
    answered: (callback_query_id) => world.taps.get(callback_query_id)?.answered ?? false,
    until: (seen, options) => until(world, at, seen, options),
    file(file_id) {
      const file = world.files.find(file_id);
      if (file === undefined) throw new PersonError("Cannot find this file", 404);
      return world.files.bytes(file);
    },
    scan: async (file_id) => (await scan(world, at, file_id)).message,
    block: () => setBlocked(world, world.privateChat(id), true),
    unblock: () => setBlocked(world, world.privateChat(id), false),
  };
}

function tapButton(world: World, at: ChatActor, label: string): string {
  for (const message of newestFirst(at)) {
    const button = message.reply_markup?.inline_keyboard.flat()
      .find(({ text }) => text === label);
    if (button === undefined) continue;
    if ("callback_data" in button) return tap(world, at, message.message_id, button.callback_data);
    const link = "url" in button ? `: it opens ${button.url}` : "";
    throw new PersonError(`Cannot tap «${label}»: it sends the bot nothing${link}`);
  }
  const button = at.chat.keyboards.get(at.person.id)?.keyboard.flat()
    .find((button) => (typeof button === "string" ? button : button.text) === label);
  if (button === undefined) {
    throw new PersonError(`Cannot find the button «${label}»\n${lastMessages(at)}`);
  }
  if (typeof button !== "string" && "request_contact" in button && button.request_contact) {
    sendContact(world, at, ownContact(at.person));
  } else {
    say(world, at, label);
  }
  return "";
}

function until(
  world: World,
  at: ChatActor,
  seen: (message: Message) => boolean,
  options: { timeout_ms?: number; after?: number } = {},
): Promise<Message> {
  const { after = 0 } = options;
  const find = () =>
    newestFirst(at).find((message) =>
      message.message_id > after && isSaidByBot(world, at, message) && seen(message)
    );
  return waitFor(world.phoneEvents, find, {
    timeout_ms: options.timeout_ms,
    late: (waited) => `Cannot see the expected message within ${waited} ms\n${lastMessages(at)}`,
  });
}

function isSaidByBot(world: World, { chat }: ChatActor, message: Message): boolean {
  return message.from?.id === world.bot.id ||
    (isShared(chat) && chat.bot_posts.has(message.message_id));
}

function newestFirst({ chat }: ChatActor): Message[] {
  return [...chat.messages.values()].reverse();
}

function lastMessages(at: ChatActor): string {
  const last = newestFirst(at).slice(0, 5).reverse().map((message) => {
    const { message_id, from, text, caption, reply_markup } = message;
    const labels = reply_markup?.inline_keyboard.flat().map((button) => `[${button.text}]`) ?? [];
    const kind = ["photo", "document", "sticker", "voice", "video"].find((name) => name in message);
    const said = text ?? `${kind ?? "message"} ${caption ?? ""}`.trim();
    const who = from?.is_bot ? "bot" : from?.first_name ?? "channel";
    return [`  ${message_id} ${who}: ${JSON.stringify(said)}`, ...labels].join(" ");
  });
  return last.length === 0 ? "The chat is empty" : `The last messages:\n${last.join("\n")}`;
}

function only(messages: readonly Message[]): Message {
  const [message] = messages;
  if (message === undefined) throw new Error("Cannot send: no message was made");
  return message;
}
