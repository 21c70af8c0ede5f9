/** The world as JSON: what a folder keeps, and what a dump holds. */
import type { Message, ReactionType } from "grammy/types";
import type { ReplyKeyboardMarkup, Update } from "grammy/types";
import type { StoredFile } from "../files/file_store.ts";
import { type Bot, type CommandList, defaultSettings } from "../model/bot.ts";
import type { Member, PrivateChat, SharedChat, WorldChat } from "../model/chat.ts";
import type { InlineAsk, MessagePlace } from "../model/inline_ask.ts";
import { isRecord } from "../model/json_value.ts";
import type { Person } from "../model/person.ts";
import type { Tap } from "../model/tap.ts";
import { savedTrouble } from "./saved_schema.ts";
import type { WebhookSettings } from "./update_queue.ts";

interface SavedBase {
  id: number;
  messages: Message[];
  pinned: number[];
  reactions: [number, [number, ReactionType[]][]][];
  keyboards: [number, ReplyKeyboardMarkup][];
}

/** A chat as it is kept. */
export type SavedChat =
  & SavedBase
  & (
    | Pick<PrivateChat, "kind" | "started" | "topics">
    | { kind: "direct"; people: [number, number] }
    | Omit<SharedChat, "messages" | "reactions" | "keyboards" | "members" | "bot_posts"> & {
      members: [number, Member][];
      bot_posts: number[];
    }
  );

/** Everything that outlives the process but the bytes of files. */
export interface Saved {
  version: 2;
  token: string;
  bot: Bot;
  clock_offset_ms: number;
  people: Person[];
  chats: SavedChat[];
  taps: Tap[];
  inline_queries: InlineAsk[];
  inline_messages: [string, MessagePlace][];
  commands: CommandList[];
  profile: [string, string][];
  files: StoredFile[];
  updates: Update[];
  allowed_updates: string[];
  webhook?: WebhookSettings;
}

/** The chat as it is saved; people are named by their ids. */
export function savedChat(chat: WorldChat): SavedChat {
  const base: SavedBase = {
    id: chat.id,
    messages: [...chat.messages.values()],
    pinned: chat.pinned,
    reactions: [...chat.reactions].map(([id, felt]) => [id, [...felt]]),
    keyboards: [...chat.keyboards],
  };
  switch (chat.kind) {
    case "private":
      return { ...base, ...privateOf(chat) };
    case "direct": {
      const [one, other] = chat.people;
      return { ...base, kind: chat.kind, people: [one.id, other.id] };
    }
    default: {
      const { members, bot_posts } = chat;
      return { ...chat, ...base, members: [...members], bot_posts: [...bot_posts] };
    }
  }
}

const privateOf = (
  { kind, started, topics }: Pick<PrivateChat, "kind" | "started" | "topics">,
) => ({
  kind,
  started,
  ...topics !== undefined && { topics },
});

/** Throws when the chat names somebody who is not among the people. */
export function loadedChat(saved: SavedChat, people: ReadonlyMap<number, Person>): WorldChat {
  const person = (id: number): Person => {
    const found = people.get(id);
    if (found === undefined) throw new Error(`Cannot load chat ${saved.id}: nobody is ${id}`);
    return found;
  };
  const base = {
    id: saved.id,
    messages: new Map(saved.messages.map((message) => [message.message_id, message])),
    pinned: saved.pinned,
    reactions: new Map(saved.reactions.map(([id, felt]) => [id, new Map(felt)])),
    keyboards: new Map(saved.keyboards),
  };
  switch (saved.kind) {
    case "private":
      return { ...base, ...privateOf(saved), person: person(saved.id) };
    case "direct":
      return {
        ...base,
        kind: saved.kind,
        people: [person(saved.people[0]), person(saved.people[1])],
      };
    default:
      return {
        ...saved,
        ...base,
        members: new Map(saved.members),
        bot_posts: new Set(saved.bot_posts),
      };
  }
}

/**
 * What a folder holds, in today's shape. Before there were groups a chat held its person, and
 * everything else was the same. Throws when it is neither.
 */
export function savedFrom(path: string, value: Record<string, unknown>): Saved {
  if (value.version === 2) return checked(path, value as Record<string, unknown> & Saved);
  const { chats, bot } = value;
  if (value.version !== undefined || !Array.isArray(chats) || !isRecord(bot)) {
    throw new Error(
      `Cannot read ${path}: it is of another version of the emulator; remove its folder`,
    );
  }
  const people = chats.every((chat) => isRecord(chat) && isRecord(chat.person));
  if (!people || !Array.isArray(value.taps)) {
    throw new Error(`Cannot read ${path}: chats: expected people and taps`);
  }
  const old = value as Omit<Saved, "version" | "chats"> & { chats: OldChat[] };
  const upgraded: Saved = {
    ...old,
    version: 2,
    bot: { ...defaultSettings, ...old.bot },
    people: old.chats.map(({ person }) => person),
    chats: old.chats.map(upgradedChat),
    taps: old.taps.map((tap) => ({ ...tap, chat: tap.person })),
    inline_queries: [],
    inline_messages: [],
  };
  return checked(path, upgraded);
}

/** Throws a sentence that names the field which is wrong. */
function checked(path: string, saved: Saved): Saved {
  const trouble = savedTrouble(saved);
  if (trouble !== null) throw new Error(`Cannot read ${path}: ${trouble}`);
  return saved;
}

interface OldChat {
  person: Person;
  started: boolean;
  messages: Message[];
  keyboard: ReplyKeyboardMarkup | null;
}

function upgradedChat({ person: { id }, started, messages, keyboard }: OldChat): SavedChat {
  const keyboards: [number, ReplyKeyboardMarkup][] = keyboard === null ? [] : [[id, keyboard]];
  return { kind: "private", id, started, messages, pinned: [], reactions: [], keyboards };
}
