/** Everything this Telegram knows: the bot, people, chats, files, updates and the clock. */
import type { BotCommand, BotCommandScope, Message, ReplyKeyboardMarkup } from "grammy/types";
import type { Chat, Update, User } from "grammy/types";
import type { EmulatorOptions, NewPerson, Person } from "./emulator.ts";
import { readSaved, Saver } from "./durable_file.ts";
import { Faults } from "./faults.ts";
import { FileStore, type StoredFile } from "./file_store.ts";
import { Happenings } from "./happening.ts";
import { Ids } from "./ids.ts";
import { randomId } from "./random_id.ts";
import { Rates } from "./rates.ts";
import { Trace } from "./trace.ts";
import { type UpdateKind, UpdateQueue, type WebhookSettings } from "./update_queue.ts";

export interface PrivateChat {
  person: Person;
  /** The person has written to the bot, or pressed Start. */
  started: boolean;
  /** By id, in order; deleted ones are gone. */
  messages: Map<number, Message>;
  keyboard: ReplyKeyboardMarkup | null;
}

/** A tap on an inline button that the bot can answer once. */
export interface Tap {
  id: string;
  person: number;
  message_id: number;
  /** Milliseconds on the emulator's clock. */
  at: number;
  answered: boolean;
  toast?: { text: string; alert: boolean };
}

export interface CommandList {
  scope: BotCommandScope;
  language_code: string;
  commands: BotCommand[];
}

interface Saved {
  token: string;
  bot: Bot;
  clock_offset_ms: number;
  chats: (Omit<PrivateChat, "messages"> & { messages: Message[] })[];
  taps: Tap[];
  commands: CommandList[];
  profile: [string, string][];
  files: StoredFile[];
  updates: Update[];
  allowed_updates: string[];
  webhook?: WebhookSettings;
}

export interface Bot {
  id: number;
  username: string;
  first_name: string;
}

export class World {
  readonly token: string;
  readonly bot: Bot;
  readonly chats = new Map<number, PrivateChat>();
  readonly taps = new Map<string, Tap>();
  readonly files: FileStore;
  readonly faults = new Faults();
  readonly rates = new Rates();
  readonly trace = new Trace();
  readonly updates = new UpdateQueue(this.trace, this.faults);
  /** When the bot left this server, in milliseconds on the emulator's clock. */
  readonly stay: { logged_out_at?: number; closed_at?: number } = {};
  readonly happenings = new Happenings();
  /** Names and descriptions that the bot set, by method and language. */
  readonly profile: Map<string, string>;
  commands: CommandList[];
  #clock_offset_ms: number;
  readonly #ids: Ids;
  readonly #saver: Saver | undefined;

  constructor(options: Pick<EmulatorOptions, "folder" | "bot" | "people">) {
    const { folder } = options;
    if (folder !== undefined) Deno.mkdirSync(`${folder}/files`, { recursive: true });
    const path = folder === undefined ? undefined : `${folder}/state.json`;
    const saved = path === undefined ? undefined : readSaved(path) as Partial<Saved> | undefined;
    const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
    const bot_id = 7_000_000_000 + chance % 1_000_000_000;
    this.bot = {
      ...saved?.bot ?? { id: bot_id, username: "amanita_local_bot", first_name: "Мухомор" },
      ...options.bot,
    };
    this.token = saved?.token ?? `${this.bot.id}:AA${randomId(33)}`;
    this.#clock_offset_ms = saved?.clock_offset_ms ?? 0;
    this.commands = saved?.commands ?? [];
    this.profile = new Map(saved?.profile);
    this.files = new FileStore(folder && `${folder}/files`, saved?.files ?? []);
    this.updates.restore({
      updates: saved?.updates ?? [],
      allowed: saved?.allowed_updates ?? [],
      webhook: saved?.webhook,
    });
    for (const tap of saved?.taps ?? []) this.taps.set(tap.id, tap);
    for (const chat of saved?.chats ?? []) {
      const messages = new Map(chat.messages.map((message) => [message.message_id, message]));
      this.chats.set(chat.person.id, { ...chat, messages });
    }
    this.#ids = new Ids(folder && `${folder}/ids.json`, Date.now());
    this.#saver = path === undefined ? undefined : new Saver(path, () => this.#toJson());
    if (this.chats.size === 0) {
      for (const person of options.people ?? []) {
        this.addPerson(person);
      }
    }
    this.changed();
  }

  /** Milliseconds since 1970, moved by `advance`. */
  now_ms(): number {
    return Date.now() + this.#clock_offset_ms;
  }

  /** Unix time, as messages carry it. */
  date(): number {
    return Math.floor(this.now_ms() / 1000);
  }

  advance(duration_ms: number): void {
    this.#clock_offset_ms += duration_ms;
    this.happenings.tell({ name: "clock", now_ms: this.now_ms() });
    this.changed();
  }

  addPerson(given: NewPerson): Person {
    const { language_code = "ru", ...rest } = given;
    let id = given.id ?? 700_000_001 + this.chats.size;
    while (given.id === undefined && this.chats.has(id)) id++;
    if (this.chats.has(id)) throw new Error(`Cannot add ${given.first_name}: ${id} is taken`);
    const person: Person = { ...rest, id, language_code, blocked: false };
    this.chats.set(id, { person, started: false, messages: new Map(), keyboard: null });
    this.happenings.tell({ name: "person", person: { ...person } });
    this.changed();
    return person;
  }

  /** Throws when nobody has this id. */
  chat(person: number): PrivateChat {
    const chat = this.chats.get(person);
    if (chat === undefined) throw new Error(`Cannot find a person with the id ${person}`);
    return chat;
  }

  nextMessageId(): number {
    return this.#ids.next("message_id");
  }

  /** Puts a new message into the chat and tells the phone. */
  post(chat: PrivateChat, message: Message): Message {
    chat.messages.set(message.message_id, message);
    this.happenings.tell({ name: "message", person: chat.person.id, message });
    this.changed();
    return message;
  }

  /** Sends the bot an update of this kind, if it wants them. */
  update<K extends UpdateKind>(kind: K, content: NonNullable<Update[K]>): void {
    const update: Update = { update_id: this.#ids.next("update_id"), [kind]: content };
    if (this.updates.push(update, kind, this.now_ms())) this.changed();
  }

  /** Something changed that must survive a restart. */
  changed(): void {
    this.#saver?.changed();
  }

  async close(): Promise<void> {
    this.updates.close();
    await this.#saver?.close();
  }

  #toJson(): string {
    const saved: Saved = {
      token: this.token,
      bot: this.bot,
      clock_offset_ms: this.#clock_offset_ms,
      chats: [...this.chats.values()].map((chat) => ({
        ...chat,
        messages: [...chat.messages.values()],
      })),
      taps: [...this.taps.values()],
      commands: this.commands,
      profile: [...this.profile],
      files: this.files.all(),
      updates: [...this.updates.pending()],
      allowed_updates: [...this.updates.allowed],
      ...this.updates.webhook !== undefined && { webhook: this.updates.webhook },
    };
    return JSON.stringify(saved);
  }
}

/** The person as the Bot API shows a sender. */
export function userOf({ blocked: _, ...person }: Person): User {
  return { ...person, is_bot: false };
}

/** The private chat as the Bot API shows it. */
export function chatOf({ blocked: _, language_code: __, ...person }: Person): Chat.PrivateChat {
  return { ...person, type: "private" };
}

/** The bot as the Bot API shows a sender. */
export function botUser(bot: Bot): User {
  return { id: bot.id, is_bot: true, first_name: bot.first_name, username: bot.username };
}
