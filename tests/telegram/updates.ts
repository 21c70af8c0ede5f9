/** Updates as Telegram sends them, for tests of reading. */
import { flows } from "../../machines/dialogue.ts";
import { openCodec } from "../../src/telegram/codec.ts";
import type { ReadingBot } from "../../src/telegram/read_update.ts";

export const anna = {
  id: 700_000_001,
  is_bot: false,
  first_name: "Анна",
  username: "anna",
  language_code: "ru",
};

/** A tap that no dialogue hears, as `1:page:1:a` carries one. */
export const page = {
  refuse: () => Promise.resolve(null),
  turn: () => Promise.resolve({ html: "page", keyboard: [] }),
};

/** How the bot reads: with the buttons of all flows, and one read-only tap. */
export const bot: ReadingBot = {
  id: 77,
  username: "Amanita_bot",
  decode: openCodec(flows.flatMap(({ buttons = [] }) => buttons)).decode,
  secretStarts: new Set(flows.flatMap(({ everywhere }) => everywhere?.secret_starts ?? [])),
  readOnly: (data) => data === "1:page:1:a" ? page : null,
};

const privateChat = { id: anna.id, type: "private", first_name: "Анна" };
export const group = { id: -100_500, type: "supergroup", title: "Мастера" };

export const photoSize = (name: string, side: number) => ({
  file_id: name,
  file_unique_id: `${name}-u`,
  width: side,
  height: side,
  file_size: side * 10,
});

/** A message update; `message` adds to a plain private one. */
export const messageUpdate = (message: Record<string, unknown>) => ({
  update_id: 5,
  message: { message_id: 9, date: 1_790_000_000, from: anna, chat: privateChat, ...message },
});

/** A tap update; `query` adds to a plain one under a message in a private chat. */
export const tapUpdate = (query: Record<string, unknown>) => ({
  update_id: 6,
  callback_query: {
    id: "42",
    from: anna,
    chat_instance: "1",
    message: { message_id: 9, date: 1_790_000_000, chat: privateChat },
    ...query,
  },
});

/** The bot was blocked, or unblocked, or moved in a group. */
export const membershipUpdate = (status: string, chat: Record<string, unknown> = privateChat) => ({
  update_id: 7,
  my_chat_member: {
    from: anna,
    chat,
    date: 1_790_000_000,
    old_chat_member: { status: "member", user: anna },
    new_chat_member: { status, user: anna },
  },
});
