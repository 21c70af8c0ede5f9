/** The whole bot in one process: an emulator, a database and two people, proven whole at the end. */
import { type Emulator, type NewPerson, type PersonHandle, startEmulator } from "@amanita/emulator";
import { assertEquals } from "@std/assert";
import type { Api } from "grammy";
import type { Message } from "grammy/types";
import type postgres from "postgres";
import type { Bot } from "../../src/app/bot.ts";
import { startLogging, stopLogging } from "../../src/base/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { freshDatabase, namedFor, type TestEngine, testEngines } from "../database.ts";
import { needs, unless } from "../permissions.ts";
import { collectLog } from "./collect_log.ts";
import { openHurriedApi } from "./hurried_api.ts";
import { type InProcess, runInProcess } from "./run_in_process.ts";
import { until } from "./until.ts";
import { assertDiscreet, assertWhole, undone } from "./whole.ts";

export interface WorldOptions {
  /** A fresh one unless given; one that is given stays open. */
  database?: Database;
  maker?: NewPerson;
  buyer?: NewPerson;
  /** On the server where there is one, unless told. */
  engine?: TestEngine;
  /** Why the test cannot run here, where that is known. */
  ignored?: string;
}

export interface BotWorld extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly sql: postgres.Sql;
  /** A client of the bot's own, to say what only its server could. */
  readonly api: Api;
  readonly maker: PersonHandle;
  readonly buyer: PersonHandle;
  /** Somebody who has not written yet; if `admin`, a maker from the next start on. */
  addPerson(person?: Partial<NewPerson> & { admin?: boolean }): PersonHandle;
  /** From the next start on, somebody is no maker any more. */
  dismiss(phone: PersonHandle): void;
  /** From now on the bot's calls give up after this time; polls do not. */
  hurry(timeout_ms: number): void;
  bot(): Bot;
  /** Log lines so far, as JSON. */
  log(): readonly string[];
  /** Nothing is left to be taken, done or sent, but for timers. */
  settled(): Promise<void>;
  /** Does something and answers what the bot has sent since and not taken back. */
  answers(phone: PersonHandle, act: () => Promise<unknown>): Promise<Message[]>;
  /** Taps the newest button with this label; `check` sees to it that the tap is answered. */
  tap(phone: PersonHandle, label: string): Promise<string>;
  /** Taps a button that the bot never made, with these data. */
  forge(phone: PersonHandle, data: string): Promise<string>;
  facts(type?: string | null): Promise<FactRow[]>;
  /** The names of the effects that are still to be carried out. */
  waiting(): Promise<string[]>;
  stop(): Promise<void>;
  /** Opens the bot again, on the same database. */
  start(): Promise<void>;
  /** Proves the world whole: valid calls, log, outbox, taps, and nobody's name in a log line. */
  check(): Promise<void>;
}

/** A fact as it lies in the log. */
export interface FactRow {
  pos: number;
  id: string;
  stream: string;
  type: string;
  data: Readonly<Record<string, unknown>>;
  causation: string;
}

const permissions: Deno.PermissionDescriptor[] = [
  { name: "net", host: "127.0.0.1" },
  ...(["env", "ffi", "read"] as const).map((name) => ({ name })),
];

/** Why the whole bot cannot run here; "" when it can. */
export const worldNeeds = (...more: Deno.PermissionDescriptor[]): string =>
  needs(...permissions, ...more);

/** Declares a test in a world of its own, which is proven whole after `body`. */
export function botTest(
  name: string,
  body: (world: BotWorld) => Promise<void>,
  options: WorldOptions = {},
): void {
  Deno.test({
    ...unless(worldNeeds() || (options.ignored ?? ""), name),
    async fn() {
      await using world = await openWorld(options);
      await body(world);
      await world.check();
    },
  });
}

/** Like botTest, once on each engine, where what is tried is the database's as much as ours. */
export function botTestOnEach(
  name: string,
  body: (world: BotWorld) => Promise<void>,
  options: WorldOptions = {},
): void {
  for (const engine of testEngines()) botTest(namedFor(name, engine), body, { ...options, engine });
}

const anna: NewPerson = { first_name: "Анна", last_name: "Смирнова", username: "anna_makes" };
const boris: NewPerson = { first_name: "Борис", last_name: "Ветров", username: "boris_buys" };

/** Starts the emulator and the bot; the maker and the buyer have not written yet. */
export async function openWorld(options: WorldOptions = {}): Promise<BotWorld> {
  await using opening = new AsyncDisposableStack();
  const { lines, stream } = collectLog();
  opening.defer(stopLogging);
  await startLogging({ level: "debug", format: "json", stream });
  const database = options.database ??
    opening.use(await freshDatabase(undefined, options.engine));
  const { sql } = database;
  const emulator = await startEmulator();
  opening.defer(() => emulator.close());
  const { admins, addPerson } = populate(emulator);
  const maker = addPerson({ ...anna, ...options.maker, admin: true });
  const buyer = addPerson({ ...boris, ...options.buyer });
  const { api, hurry } = openHurriedApi(emulator);
  const power = openSwitch(() => runInProcess({ database, emulator, api, admin_ids: [...admins] }));
  opening.defer(power.stop);
  await power.start();
  const hands = openHands(emulator, sql, api);
  const everything = opening.move();
  return {
    emulator,
    sql,
    api,
    maker,
    buyer,
    addPerson,
    dismiss: (phone) => void admins.delete(phone.id),
    hurry,
    ...power,
    ...hands,
    log: () => lines,
    facts: async (type = null) =>
      await sql<FactRow[]>`
        select pos, id, stream, type, data, causation from events
        where ${type}::text is null or type = ${type} order by pos`,
    waiting: async () => (await undone(sql)).map(({ name }) => name),
    async check() {
      await hands.settled();
      assertEquals(emulator.violations(), []);
      assertEquals(await undone(sql), []);
      await assertWhole(sql);
      assertEquals(hands.unanswered(), []);
      assertDiscreet(lines, emulator);
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

/** People of this emulator, and which of them are makers. */
function populate(emulator: Emulator) {
  const admins = new Set<number>();
  const addPerson: BotWorld["addPerson"] = ({ admin = false, ...person } = {}) => {
    const added = emulator.addPerson({ first_name: `Гость${emulator.people().length}`, ...person });
    if (admin) admins.add(added.id);
    return added;
  };
  return { admins, addPerson };
}

/** A bot that is started and stopped, again and again. */
function openSwitch(run: () => Promise<InProcess>) {
  let running: InProcess | null = null;
  return {
    bot(): Bot {
      if (running) return running.bot;
      throw new Error("Cannot use the bot: it is stopped");
    },
    async start(): Promise<void> {
      running = await run();
    },
    async stop(): Promise<void> {
      const stopped = running;
      running = null;
      await stopped?.stop();
    },
  };
}

/** What is done to the bot, and the patience that goes with it. */
function openHands(emulator: Emulator, sql: postgres.Sql, api: Api) {
  const taps: { phone: PersonHandle; id: string; of: string }[] = [];
  const noted = (phone: PersonHandle, of: string, id: string) => {
    if (id !== "") taps.push({ phone, of, id });
    return id;
  };
  const settled = () =>
    until(
      "the bot is done",
      async () => emulator.pendingUpdates() === 0 && (await undone(sql)).length === 0,
    );
  return {
    settled,
    async answers(phone: PersonHandle, act: () => Promise<unknown>): Promise<Message[]> {
      const before = phone.messages().at(-1)?.message_id ?? 0;
      await act();
      await settled();
      return phone.messages().filter(({ message_id, from }) =>
        message_id > before && from?.id === emulator.bot.id
      );
    },
    tap: async (phone: PersonHandle, label: string) =>
      noted(phone, label, await phone.tapButton(label)),
    async forge(phone: PersonHandle, data: string): Promise<string> {
      const button = { text: "forged", callback_data: data };
      const { message_id } = await api.sendMessage(phone.id, "Tap me", {
        reply_markup: { inline_keyboard: [[button]] },
      });
      return noted(phone, data, await phone.tap(message_id, data));
    },
    /** What was tapped, and never answered. */
    unanswered: (): string[] =>
      taps.filter(({ phone, id }) => !phone.answered(id)).map(({ of }) => of),
  };
}
