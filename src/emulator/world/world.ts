/** Everything this Telegram knows: the bot, people, chats, files, updates and the clock. */
import type { Message, ReplyKeyboardMarkup, Update, User } from "grammy/types";
import { readSaved, Saver } from "../files/durable_file.ts";
import { FileStore } from "../files/file_store.ts";
import { type Bot, type CommandList, newBot } from "../model/bot.ts";
import {
  type ChatActor,
  emptyChat,
  isInside,
  isShared,
  type PrivateChat,
  type SharedChat,
  type WorldChat,
} from "../model/chat.ts";
import { PhoneEvents } from "../model/phone_event.ts";
import type { InlineAsk, MessagePlace } from "../model/inline_ask.ts";
import type { NewPerson, Person } from "../model/person.ts";
import { PersonError } from "../model/person_error.ts";
import { randomId } from "../model/random_id.ts";
import type { Tap } from "../model/tap.ts";
import { checkObject } from "../schema/validate.ts";
import { movedClock } from "./clock.ts";
import { Faults } from "./faults.ts";
import { Ids } from "./ids.ts";
import { Rates } from "./rates.ts";
import { loadedChat, type Saved, savedChat, savedFrom } from "./saved_world.ts";
import { Trace } from "./trace.ts";
import { type UpdateKind, UpdateQueue } from "./update_queue.ts";

const flaws_max = 100;

/** Where a Telegram is kept, and who is in it. */
export interface WorldOptions {
  folder?: string;
  /**
   * As a Bot API server with `--local`: `getFile` names places on this disk, of any size, and no
   * file is served. Without a folder there is nothing at those places.
   */
  local?: boolean;
  /** Names, and what BotFather would be told; its modes are kept in the folder. */
  bot?: Partial<Omit<Bot, "id">>;
  /** Added when the folder holds no people yet. */
  people?: readonly NewPerson[];
}

/** One Telegram; whatever outlives the process is told by `changed`. */
export class World {
  readonly people = new Map<number, Person>();
  readonly chats = new Map<number, WorldChat>();
  readonly taps = new Map<string, Tap>();
  readonly inline_queries = new Map<string, InlineAsk>();
  /** By `inline_message_id`. */
  readonly inline_messages = new Map<string, MessagePlace>();
  readonly files: FileStore;
  /** Whether files are named by their place on this disk: see `WorldOptions`. */
  readonly local: boolean;
  readonly faults = new Faults();
  readonly rates = new Rates();
  readonly trace = new Trace();
  readonly updates = new UpdateQueue(this.trace, this.faults);
  /** When the bot left this server, in milliseconds on the emulator's clock. */
  readonly stay: { logged_out_at?: number; closed_at?: number } = {};
  readonly phoneEvents = new PhoneEvents();
  /** What this server sent that the field table does not know, a sentence each: a defect of it. */
  readonly flaws: string[] = [];
  /** Names and descriptions that the bot set, by method and language. */
  readonly profile = new Map<string, string>();
  commands: CommandList[] = [];
  #token: string;
  #bot: Bot;
  #clock_offset_ms = 0;
  readonly ids: Ids;
  readonly #saver: Saver | undefined;

  constructor(options: WorldOptions) {
    const { folder } = options;
    if (folder !== undefined) Deno.mkdirSync(`${folder}/files`, { recursive: true });
    const path = folder === undefined ? undefined : `${folder}/state.json`;
    const json = path === undefined ? undefined : readSaved(path);
    const saved = path && json && savedFrom(path, json);
    this.#bot = { ...newBot(), ...options.bot };
    this.#token = `${this.#bot.id}:AA${randomId(33)}`;
    this.local = options.local ?? false;
    this.files = new FileStore(folder && `${folder}/files`);
    if (saved) this.load({ ...saved, bot: { ...saved.bot, ...options.bot } });
    this.ids = new Ids(folder && `${folder}/ids.json`, Date.now());
    this.#saver = path === undefined ? undefined : new Saver(path, () => this.#toJson());
    if (this.people.size === 0) {
      for (const person of options.people ?? []) this.addPerson(person);
    }
    this.changed();
  }

  get token(): string {
    return this.#token;
  }

  get bot(): Readonly<Bot> {
    return this.#bot;
  }

  /** What BotFather would be told: name, privacy mode, inline mode. */
  setBot(settings: Partial<Omit<Bot, "id">>): void {
    this.#bot = { ...this.#bot, ...settings };
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
    this.#clock_offset_ms = movedClock(this.#clock_offset_ms, duration_ms);
    this.phoneEvents.emit({ name: "clock", now_ms: this.now_ms() });
    this.changed();
  }

  /** Adds the person and their chat with the bot. */
  addPerson(given: NewPerson): Person {
    const { language_code = "ru", ...rest } = given;
    let id = given.id ?? 700_000_001 + this.people.size;
    while (given.id === undefined && this.chats.has(id)) id++;
    if (this.chats.has(id)) throw new Error(`Cannot add ${given.first_name}: ${id} is taken`);
    const person: Person = { ...rest, id, language_code, blocked: false };
    this.people.set(id, person);
    this.chats.set(id, { ...emptyChat(id), kind: "private", person, started: false });
    this.phoneEvents.emit({ name: "person", person: { ...person } });
    this.changed();
    return person;
  }

  /** The person's chat with the bot. Throws when nobody has this id. */
  privateChat(person: number): PrivateChat {
    const chat = this.chats.get(person);
    if (chat?.kind === "private") return chat;
    throw new PersonError(`Cannot find a person with the id ${person}`, 404);
  }

  /** The person in one of their chats, by default that with the bot. Throws a `PersonError`. */
  at(person_id: number, chat_id = person_id): ChatActor {
    const { person } = this.privateChat(person_id);
    const chat = this.chats.get(chat_id);
    if (chat !== undefined && this.viewers(chat).includes(person_id)) return { person, chat };
    throw new PersonError(`Cannot find a chat ${chat_id} on the phone of ${person_id}`, 404);
  }

  /** The people whose phones show this chat. */
  viewers(chat: WorldChat): number[] {
    if (chat.kind === "private") return [chat.person.id];
    if (chat.kind === "direct") return chat.people.map(({ id }) => id);
    if (chat.migrated_to !== undefined) return [];
    return [...chat.members.values()].filter((member) => isInside(member) && !member.user.is_bot)
      .map(({ user }) => user.id);
  }

  /** Every chat on this person's phone. */
  chatsOf(person_id: number): WorldChat[] {
    return [...this.chats.values()].filter((chat) => this.viewers(chat).includes(person_id));
  }

  /** The supergroup or channel of this public name. */
  byName(username: string): SharedChat | undefined {
    for (const chat of this.chats.values()) {
      if (isShared(chat) && chat.username?.toLowerCase() === username.toLowerCase()) return chat;
    }
  }

  nextMessageId(): number {
    return this.ids.next("message_id");
  }

  /** Puts a new message into the chat and tells the phones. */
  post(chat: WorldChat, message: Message): Message {
    chat.messages.set(message.message_id, message);
    this.#emit("message", chat, message);
    return message;
  }

  /** Puts the message in the place of the one with its id. */
  replace(chat: WorldChat, message: Message): Message {
    chat.messages.set(message.message_id, message);
    this.#emit("edited", chat, message);
    return message;
  }

  remove(chat: WorldChat, message_ids: readonly number[]): void {
    const gone = message_ids.filter((id) => chat.messages.delete(id));
    if (gone.length === 0) return;
    for (const id of gone) chat.reactions.delete(id);
    chat.pinned = chat.pinned.filter((id) => !gone.includes(id));
    for (const person of this.viewers(chat)) {
      this.phoneEvents.emit({ name: "deleted", person, chat: chat.id, message_ids: gone });
    }
    this.changed();
  }

  /** null takes the keyboard off the person's phone. */
  setKeyboard(chat: WorldChat, person: number, keyboard: ReplyKeyboardMarkup | null): void {
    if (keyboard === null) chat.keyboards.delete(person);
    else chat.keyboards.set(person, keyboard);
    this.phoneEvents.emit({ name: "keyboard", person, chat: chat.id, keyboard });
    this.changed();
  }

  /** Sends the bot an update of this kind, if it wants them. */
  update<K extends UpdateKind>(kind: K, content: NonNullable<Update[K]>): void {
    const update: Update = { update_id: this.ids.next("update_id"), [kind]: content };
    this.flawed(checkObject("Update", update));
    if (this.updates.push(update, kind, this.now_ms())) this.changed();
  }

  /** Remembers what is wrong with something that this server sent. */
  flawed(sentences: readonly string[]): void {
    if (this.flaws.length < flaws_max) this.flaws.push(...sentences);
  }

  /** Something changed that must survive a restart. */
  changed(): void {
    this.#saver?.changed();
  }

  async close(): Promise<void> {
    this.updates.close();
    await this.#saver?.close();
  }

  /** Everything but the bytes of files. */
  state(): Saved {
    return {
      version: 2,
      token: this.#token,
      bot: this.#bot,
      clock_offset_ms: this.#clock_offset_ms,
      people: [...this.people.values()],
      chats: [...this.chats.values()].map(savedChat),
      taps: [...this.taps.values()],
      inline_queries: [...this.inline_queries.values()],
      inline_messages: [...this.inline_messages],
      commands: this.commands,
      profile: [...this.profile],
      files: this.files.all(),
      updates: this.updates.own(),
      allowed_updates: [...this.updates.allowed],
      ...this.updates.webhook !== undefined && { webhook: this.updates.webhook },
    };
  }

  /** Forgets what is here and takes up what was saved; ids go on from where they are. */
  load(saved: Saved): void {
    ({ token: this.#token, bot: this.#bot, clock_offset_ms: this.#clock_offset_ms } = saved);
    refill(this.people, saved.people.map((person) => [person.id, { ...person }]));
    refill(this.chats, saved.chats.map((chat) => [chat.id, loadedChat(chat, this.people)]));
    refill(this.taps, saved.taps.map((tap) => [tap.id, { ...tap }]));
    refill(this.inline_queries, saved.inline_queries.map((asked) => [asked.id, { ...asked }]));
    refill(this.inline_messages, saved.inline_messages);
    refill(this.profile, saved.profile);
    this.commands = saved.commands;
    this.files.load(saved.files);
    this.updates.restore({
      updates: saved.updates,
      allowed: saved.allowed_updates,
      webhook: saved.webhook,
    });
    this.changed();
  }

  #emit(name: "message" | "edited", chat: WorldChat, message: Message): void {
    for (const person of this.viewers(chat)) {
      this.phoneEvents.emit({ name, person, chat: chat.id, message });
    }
    this.changed();
  }

  #toJson(): string {
    return JSON.stringify(this.state());
  }
}

function refill<K, V>(map: Map<K, V>, entries: Iterable<readonly [K, V]>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

/** The bot as the Bot API shows a sender. */
export function botUser(bot: Readonly<Bot>): User {
  return { id: bot.id, is_bot: true, first_name: bot.first_name, username: bot.username };
}

/** Whether the bot is in this chat and may write there. */
export function botIsIn(world: World, chat: WorldChat): boolean {
  if (chat.kind === "private") return chat.started && !chat.person.blocked;
  return isShared(chat) && isInside(chat.members.get(world.bot.id));
}
