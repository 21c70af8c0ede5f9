/**
 * A Telegram on this machine: a Bot API server, the people who talk to the bot, and a web chat.
 * Point grammY's `apiRoot` at `root`, take `token`, and act as a person through a `PersonHandle`.
 */
import type { Message, Update } from "grammy/types";
import { personHandle } from "./person_handle.ts";
import type { PersonInChats } from "./person_in_chats.ts";
import type { Bot } from "./saved_world.ts";
import { type RunningServer, serve } from "./server.ts";
import { World } from "./world.ts";

/** Starts a Telegram. With `folder` it keeps everything there, without it only in memory. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = new World(options);
  let server: RunningServer;
  try {
    server = serve(world, options.hostname ?? "127.0.0.1", options.port ?? 0);
  } catch (error) {
    await world.close();
    throw error;
  }
  const { api } = server;
  const { faults } = world;
  let closed: Promise<void> | undefined;
  return {
    root: server.root,
    get token() {
      return world.token;
    },
    get bot() {
      return world.bot;
    },
    setBot: (settings) => world.setBot(settings),
    people: () => [...world.people.values()].map((person) => ({ ...person })),
    person: (id) => personHandle(world, world.at(id)),
    addPerson: (person) => personHandle(world, world.at(world.addPerson(person).id)),
    calls: () => world.trace.calls,
    updates: () => world.trace.updates(),
    violations: () => api.violations,
    flaws: () => world.flaws,
    fault: (fault) => faults.add(fault),
    clearFaults() {
      faults.clear();
      world.updates.release();
    },
    limitRates: (on) => world.rates.on = on,
    redeliver(update_id) {
      if (world.updates.redeliver(update_id)) return;
      throw new Error(`Cannot redeliver update ${update_id}: there was no such update`);
    },
    forgetFiles() {
      world.files.forget();
      world.changed();
    },
    advance: (duration_ms) => world.advance(duration_ms),
    pendingUpdates: () => world.updates.pending().length,
    isPolled: () => world.updates.polled,
    close: () => closed ??= close(server, world),
  };
}

async function close(server: RunningServer, world: World): Promise<void> {
  await server.close();
  await world.close();
  if (world.flaws.length === 0) return;
  // Whoever tested a bot against it must not believe what they saw.
  throw new Error(`The emulator said what the Bot API cannot say:\n${world.flaws.join("\n")}`);
}

/** How to start. */
export interface EmulatorOptions {
  /** `127.0.0.1` unless given. */
  hostname?: string;
  /** Any free port unless given. */
  port?: number;
  folder?: string;
  /** Names, and what BotFather would be told; its modes are kept in the folder. */
  bot?: Partial<Omit<Bot, "id">>;
  /** Added when the folder holds no people yet. */
  people?: readonly NewPerson[];
}

/** A running Telegram. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, grammY's `apiRoot`; also the address of the web chat. */
  readonly root: string;
  readonly token: string;
  readonly bot: Readonly<Bot>;
  /** What BotFather would be told: names, privacy mode, inline mode. */
  setBot(settings: Partial<Omit<Bot, "id">>): void;
  people(): Person[];
  /** Throws when nobody has this id. */
  person(id: number): PersonHandle;
  addPerson(person: NewPerson): PersonHandle;
  /** Every Bot API call so far, oldest first; only the newest 50 000 are kept. */
  calls(): readonly ApiCall[];
  /** Every update so far, oldest first; only the newest 10 000 are kept. */
  updates(): readonly TracedUpdate[];
  /** What calls said that the Bot API's field table does not know, a sentence each. */
  violations(): readonly string[];
  /** The same of this server's own answers and updates: defects of it, which also fail `close`. */
  flaws(): readonly string[];
  fault(fault: Fault): void;
  /** Also lets go of updates that a fault keeps back. */
  clearFaults(): void;
  /** Whether a bot may be too fast: 1 message/s per chat, 20/min per group, 30/s in all. */
  limitRates(on: boolean): void;
  /** Delivers an update once more, whatever was confirmed. Throws when there was no such update. */
  redeliver(update_id: number): void;
  /** From now on every `file_id` given out before is refused. */
  forgetFiles(): void;
  /** Moves the emulator's clock. */
  advance(duration_ms: number): void;
  /** Updates that the bot has not confirmed. */
  pendingUpdates(): number;
  /** Whether a bot waits for updates now. */
  isPolled(): boolean;
  /** Lets go of everything that waits and saves; a second call changes nothing. */
  close(): Promise<void>;
}

/** One person in one chat, as their phone lets them act and see. Refusals reject with a sentence. */
export interface PersonHandle extends PersonInChats {
  readonly id: number;
  say(text: string, options?: { reply_to?: number; quote?: string }): Promise<Message>;
  /** Presses "Start", with the payload of a deep link if given. */
  start(payload?: string): Promise<Message>;
  photo(
    bytes: Uint8Array,
    options?: { caption?: string; media_group_id?: string },
  ): Promise<Message>;
  album(photos: readonly Uint8Array[], options?: { caption?: string }): Promise<Message[]>;
  document(
    bytes: Uint8Array,
    options: { file_name: string; mime_type: string; caption?: string },
  ): Promise<Message>;
  other(kind: OtherKind): Promise<Message>;
  /** Taps an inline button by its data; answers the callback query's id. */
  tap(message_id: number, data: string): Promise<string>;
  /**
   * Taps the button with this label on the newest message that has it; answers the callback
   * query's id. A button of the reply keyboard is said instead, and answers "".
   */
  tapButton(label: string): Promise<string>;
  /** The chat as this person sees it, in order. */
  messages(): Message[];
  toasts(): { callback_query_id: string; text: string; alert: boolean; url?: string }[];
  answered(callback_query_id: string): boolean;
  /** The newest message of the bot that fits, now or within `timeout_ms` (5000). */
  until(
    seen: (message: Message) => boolean,
    options?: { timeout_ms?: number; after?: number },
  ): Promise<Message>;
  file(file_id: string): Uint8Array;
  /** Scans the QR on a picture and follows its link: says `/start <payload>`. */
  scan(file_id: string): Promise<Message>;
  block(): void;
  unblock(): void;
}

/** Somebody who gets a phone. */
export interface NewPerson {
  first_name: string;
  last_name?: string;
  username?: string;
  /** `ru` unless given. */
  language_code?: string;
  /** A free one unless given. */
  id?: number;
}

/** Somebody with a phone. */
export interface Person {
  id: number;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code: string;
  /** This person has blocked the bot. */
  blocked: boolean;
  /** This person has deleted their account. */
  deactivated?: true;
}

/** Kinds of messages that the bot is not made for. */
export type OtherKind = "sticker" | "voice" | "location" | "contact" | "video";

/**
 * One Bot API call; uploaded files appear in `params` under their names in the body, as
 * `{file_name, mime_type, size}`.
 */
export interface ApiCall {
  /** Counts calls and updates together. */
  n: number;
  /** Milliseconds since 1970 on the emulator's clock. */
  at: number;
  method: string;
  params: Record<string, unknown>;
  ok: boolean;
  error_code?: number;
  description?: string;
  /** As it was answered; of polls it is left out. */
  result?: unknown;
  /** What it said that the field table does not know. */
  violations: string[];
  /** What it is about; `queries` are callback and inline queries. */
  chats: number[];
  messages: number[];
  queries: string[];
}

/** How far an update has come on its way to the bot. */
export type UpdateState = "unwanted" | "pending" | "delivered" | "confirmed";

/** One update, and what became of it; "unwanted" is not among the bot's `allowed_updates`. */
export interface TracedUpdate {
  n: number;
  at: number;
  update: Update;
  state: UpdateState;
  /** How often the bot was given it. */
  deliveries: number;
  chats: number[];
  messages: number[];
  queries: string[];
}

/**
 * What goes wrong with the next `times` calls of `method` (`*` is any), in `chat_id` if given.
 * For `duplicate` and `reorder` it is the next updates; `method` is `*` or their kind.
 */
export interface Fault {
  method: string;
  chat_id?: number;
  times: number;
  /**
   * `status` answers an error, `delay` answers late, `hang` never answers; `cut_before` and
   * `cut_after` break the connection before and after the call took effect; `duplicate` delivers
   * updates twice; `reorder` keeps them back until all came, and delivers them in reverse.
   */
  kind: "status" | "delay" | "hang" | "cut_before" | "cut_after" | "duplicate" | "reorder";
  /** An HTTP status, 500 unless given. */
  status?: number;
  /** Seconds, for 429. */
  retry_after?: number;
  delay_ms?: number;
}
