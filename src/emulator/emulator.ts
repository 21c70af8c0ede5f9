/**
 * A Telegram on this machine: a Bot API server, the people who talk to the bot, and a web chat.
 * Point grammY's `apiRoot` at `root`, take `token`, and act as a person through a `PersonHandle`.
 */
import type { Limits } from "@amanita/guard";
import type { Bot } from "./model/bot.ts";
import type { Fault } from "./model/fault.ts";
import type { NewPerson, Person } from "./model/person.ts";
import type { PersonHandle } from "./model/person_handle.ts";
import type { ApiCall, TracedUpdate } from "./model/traffic.ts";
import { personHandle } from "./people/person_handle.ts";
import { type RunningServer, serve } from "./server.ts";
import { forgeUpdate } from "./world/forge_update.ts";
import { World, type WorldOptions } from "./world/world.ts";

/** Starts a Telegram. With `folder` it keeps everything there, without it only in memory. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = new World(options);
  let server: RunningServer;
  try {
    const { hostname = "127.0.0.1", port = 0, folder, warn, limits } = options;
    server = await serve(world, { hostname, port, folder, warn, limits });
  } catch (error) {
    await world.close();
    throw error;
  }
  const { api } = server;
  const { faults } = world;
  let closed: Promise<void> | undefined;
  return {
    root: server.root,
    address: server.secret === null ? server.root : `${server.root}/?secret=${server.secret}`,
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
    forge: (update) => forgeUpdate(world, update),
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
  // A test against answers that the table forbids proves nothing, so it must fail.
  throw new Error(`The emulator said what the Bot API cannot say:\n${world.flaws.join("\n")}`);
}

/** How to start. */
export interface EmulatorOptions extends WorldOptions {
  /** `127.0.0.1` unless given; at any other, people and web chat ask for a secret. */
  hostname?: string;
  /** Any free port unless given. */
  port?: number;
  /** Told in a sentence of readers who were dropped, as they do not read. */
  warn?(sentence: string): void;
  /** How long and how much is waited for; for tests of this server itself. */
  limits?: Partial<Limits>;
}

/** A running Telegram. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`, grammY's `apiRoot`. */
  readonly root: string;
  /** Of the web chat: the root, and beyond this machine with the secret that it asks for. */
  readonly address: string;
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
  /**
   * Hands the bot anything at all in place of an update; without an `update_id` it gets the next.
   * A lower id than before is what an idle week brings.
   */
  forge(update: unknown): void;
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
