/** A person for tests and for demo data: acts as they would, sees what they see. */
import type { Message } from "grammy/types";
import { say, scan, sendDocuments, sendOther, sendPhotos, setBlocked, start, tap } from "./acts.ts";
import type { PersonHandle } from "./emulator.ts";
import { PersonError } from "./person_error.ts";
import { Upload } from "./upload.ts";
import type { PrivateChat, World } from "./world.ts";

const until_ms = 5000;

export function personHandle(world: World, chat: PrivateChat): PersonHandle {
  const { id } = chat.person;
  const taps = () => [...world.taps.values()].filter(({ person }) => person === id);
  return {
    id,
    say: async (text, options) => await say(world, chat, text, options?.reply_to),
    start: async (payload) => await start(world, chat, payload),
    photo: async (bytes, options) => only(await sendPhotos(world, chat, [bytes], options)),
    album: (photos, options) => sendPhotos(world, chat, photos, options),
    async document(bytes, { file_name, mime_type, caption }) {
      const upload = new Upload(bytes, file_name, mime_type);
      return only(await sendDocuments(world, chat, [upload], caption));
    },
    other: (kind) => sendOther(world, chat, kind),
    tap: async (message_id, data) => await tap(world, chat, message_id, data),
    tapButton: async (label) => await tapButton(world, chat, label),
    messages: () => [...chat.messages.values()],
    toasts: () =>
      taps().flatMap(({ id, toast }) =>
        toast === undefined ? [] : [{ callback_query_id: id, ...toast }]
      ),
    answered: (callback_query_id) => world.taps.get(callback_query_id)?.answered ?? false,
    until: (seen, options) => until(world, chat, seen, options),
    file(file_id) {
      const file = world.files.find(file_id);
      if (file === undefined) throw new PersonError("Cannot find this file", 404);
      return world.files.bytes(file);
    },
    scan: async (file_id) => (await scan(world, chat, file_id)).message,
    block: () => setBlocked(world, chat, true),
    unblock: () => setBlocked(world, chat, false),
  };
}

function tapButton(world: World, chat: PrivateChat, label: string): string {
  for (const message of newestFirst(chat)) {
    const button = message.reply_markup?.inline_keyboard.flat()
      .find(({ text }) => text === label);
    if (button === undefined) continue;
    if ("callback_data" in button) {
      return tap(world, chat, message.message_id, button.callback_data);
    }
    const link = "url" in button ? `: it opens ${button.url}` : "";
    throw new PersonError(`Cannot tap «${label}»: it sends the bot nothing${link}`);
  }
  const said = chat.keyboard?.keyboard.flat()
    .some((button) => (typeof button === "string" ? button : button.text) === label);
  if (said !== true) {
    throw new PersonError(`Cannot find the button «${label}»\n${lastMessages(chat)}`);
  }
  say(world, chat, label);
  return "";
}

function until(
  world: World,
  chat: PrivateChat,
  seen: (message: Message) => boolean,
  options: { timeout_ms?: number; after?: number } = {},
): Promise<Message> {
  const { timeout_ms = until_ms, after = 0 } = options;
  const find = () =>
    newestFirst(chat).find((message) =>
      message.message_id > after && message.from?.id === world.bot.id && seen(message)
    );
  return new Promise((resolve, reject) => {
    const found = find();
    if (found !== undefined) return resolve(found);
    const stop = world.happenings.listen((happening) => {
      if (happening.name !== "message" && happening.name !== "edited") return;
      if (happening.person !== chat.person.id) return;
      try {
        const found = find();
        if (found !== undefined) end(() => resolve(found));
      } catch (error) {
        // The test's own condition failed: the test must see it, not the server.
        end(() => reject(error));
      }
    });
    const timer = setTimeout(() => {
      const waited = `Cannot see the expected message within ${timeout_ms} ms`;
      end(() => reject(new Error(`${waited}\n${lastMessages(chat)}`)));
    }, timeout_ms);
    const end = (settle: () => void) => {
      stop();
      clearTimeout(timer);
      settle();
    };
  });
}

function newestFirst(chat: PrivateChat): Message[] {
  return [...chat.messages.values()].reverse();
}

function lastMessages(chat: PrivateChat): string {
  const last = newestFirst(chat).slice(0, 5).reverse().map((message) => {
    const { message_id, from, text, caption, reply_markup } = message;
    const labels = reply_markup?.inline_keyboard.flat().map((button) => `[${button.text}]`) ?? [];
    const kind = ["photo", "document", "sticker", "voice", "video"].find((name) => name in message);
    const said = text ?? `${kind ?? "message"} ${caption ?? ""}`.trim();
    const who = from?.is_bot ? "bot" : chat.person.first_name;
    return [`  ${message_id} ${who}: ${JSON.stringify(said)}`, ...labels].join(" ");
  });
  return last.length === 0 ? "The chat is empty" : `The last messages:\n${last.join("\n")}`;
}

function only(messages: readonly Message[]): Message {
  const [message] = messages;
  if (message === undefined) throw new Error("Cannot send: no message was made");
  return message;
}
