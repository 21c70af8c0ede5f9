/** The whole bot in one process: an emulator, a database and two people, proven whole at the end. */
import { assertEquals } from "@std/assert";
import type { Api } from "grammy";
import type { Message } from "grammy/types";
import type postgres from "postgres";
import { charts } from "../../machines/charts.ts";
import { type Bot, openBot } from "../../src/bot.ts";
import { type Emulator, type NewPerson, startEmulator } from "../../src/emulator/emulator.ts";
import type { PersonHandle } from "../../src/emulator/emulator.ts";
import { startLogging, stopLogging } from "../../src/log.ts";
import { projections } from "../../src/projections/projections.ts";
import { verifyLog } from "../../src/replay/verify.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import type { Database } from "../../src/store/open_database.ts";
import { callSignal, openApi } from "../../src/telegram/api.ts";
import { freshDatabase, needs, unless } from "../database.ts";
import { collectLog } from "./collect_log.ts";
import { until } from "./until.ts";

export interface WorldOptions {
  /** A fresh one unless given; one that is given stays open. */
  database?: Database;
  maker?: NewPerson;
  buyer?: NewPerson;
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
  facts(type?: string): Promise<FactRow[]>;
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

/** The key under which these worlds seal. */
export const PII_KEY = "B".repeat(43) + "=";

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

/** Starts the emulator and the bot; the maker and the buyer have not written yet. */
export async function openWorld(options: WorldOptions = {}): Promise<BotWorld> {
  await using opening = new AsyncDisposableStack();
  const { lines, stream } = collectLog();
  opening.defer(stopLogging);
  await startLogging({ level: "debug", format: "json", stream });
  const database = options.database ?? opening.use(await freshDatabase());
  const emulator = await startEmulator();
  opening.defer(() => emulator.close());
  const admins = new Set<number>();
  const addPerson: BotWorld["addPerson"] = ({ admin = false, ...person } = {}) => {
    const added = emulator.addPerson({ first_name: `Гость${emulator.people().length}`, ...person });
    if (admin) admins.add(added.id);
    return added;
  };
  const maker = addPerson({ ...anna, ...options.maker, admin: true });
  const buyer = addPerson({ ...boris, ...options.buyer });
  const api = openApi({ token: emulator.token, root: emulator.root });
  let timeout_ms = 30_000;
  limit(api, () => timeout_ms);
  const master = await openMasterKey(PII_KEY, "");
  const open = () =>
    openBot({
      database,
      master,
      api,
      token: emulator.token,
      api_root: emulator.root,
      myself: emulator.bot,
      admin_ids: [...admins],
      time_zone: "UTC",
      adopt: false,
    });

  let running: { bot: Bot; ended: Promise<void> } | null = null;
  const start = async () => {
    const bot = await open();
    running = { bot, ended: bot.run() };
  };
  const stop = async () => {
    const stopped = running;
    running = null;
    await stopped?.bot.stop();
    await stopped?.ended;
  };
  opening.defer(stop);
  await start();
  const everything = opening.move();

  const { sql } = database;
  const taps: { phone: PersonHandle; id: string }[] = [];
  const noted = (phone: PersonHandle, id: string) => {
    if (id !== "") taps.push({ phone, id });
    return id;
  };
  const settled = () =>
    until(
      "the bot is done",
      async () => emulator.pendingUpdates() === 0 && (await undone(sql)).length === 0,
    );
  return {
    emulator,
    sql,
    api,
    maker,
    buyer,
    addPerson,
    hurry: (limit_ms) => void (timeout_ms = limit_ms),
    dismiss: (phone) => void admins.delete(phone.id),
    bot() {
      if (running) return running.bot;
      throw new Error("Cannot use the bot: it is stopped");
    },
    log: () => lines,
    settled,
    async answers(phone, act) {
      const before = phone.messages().at(-1)?.message_id ?? 0;
      await act();
      await settled();
      return phone.messages().filter(({ message_id, from }) =>
        message_id > before && from?.is_bot === true
      );
    },
    tap: async (phone, label) => noted(phone, await phone.tapButton(label)),
    async forge(phone, data) {
      const button = { text: "forged", callback_data: data };
      const { message_id } = await api.sendMessage(phone.id, "Tap me", {
        reply_markup: { inline_keyboard: [[button]] },
      });
      return noted(phone, await phone.tap(message_id, data));
    },
    facts: async (type) =>
      await sql<FactRow[]>`
        select pos, id, stream, type, data, causation from events
        where ${type ?? null}::text is null or type = ${type ?? null} order by pos`,
    waiting: async () => (await undone(sql)).map(({ name }) => name),
    stop,
    start,
    async check() {
      await settled();
      assertEquals(emulator.violations(), []);
      assertEquals([...await undone(sql)], []);
      const { faults } = await verifyLog(sql, { charts, projections });
      assertEquals(faults, []);
      assertEquals(taps.filter(({ phone, id }) => !phone.answered(id)), [], "Unanswered taps");
      assertEquals(lines.filter((line) => secretsOf(emulator).some((it) => line.includes(it))), []);
    },
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}

const anna: NewPerson = { first_name: "Анна", last_name: "Смирнова", username: "anna_makes" };
const boris: NewPerson = { first_name: "Борис", last_name: "Ветров", username: "boris_buys" };

/** What no log line and no dump may hold: the token and everybody's names. */
export function secretsOf(emulator: Emulator): string[] {
  const names = emulator.people().flatMap((person) => [
    person.first_name,
    person.last_name ?? "",
    person.username ?? "",
  ]);
  return [emulator.token.split(":")[1] ?? "", ...names].filter((secret) => secret !== "");
}

/** Tasks that are not done, but for timers whose time has not come. */
async function undone(sql: postgres.Sql): Promise<{ effect: string; name: string }[]> {
  return await sql<{ effect: string; name: string }[]>`
    select effect, payload->'effect'->>'type' as name from outbox
    where done_at is null and (payload->'effect'->>'type' <> 'startTimer' or due_at < ${Date.now()})
    order by seq`;
}

/** Polls may take their time; every other call is given up after `timeout_ms`. */
function limit(api: Api, timeout_ms: () => number): void {
  api.config.use(async (previous, method, payload, signal) => {
    if (method === "getUpdates") return await previous(method, payload, signal);
    const giving_up = new AbortController();
    const giveUp = () => giving_up.abort();
    signal?.addEventListener("abort", giveUp);
    const timer = setTimeout(giveUp, timeout_ms());
    try {
      return await previous(method, payload, callSignal(giving_up.signal));
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", giveUp);
    }
  });
}
