/**
 * The bot that keeps one row for each chat, as a good engineer would write it: grammY with its
 * session, a lane per chat, postgres.js, count and log in one statement, a photo by its id.
 * Without a database, sessions and counts are in memory. A process of its own.
 */
import { Bot, type Context, MemorySessionStorage, session, type SessionFlavor } from "grammy";
import type { StorageAdapter } from "grammy";
import type { Update } from "grammy/types";
import postgres from "postgres";
import { type BenchProcess, beReady, startProcess } from "./bench_process.ts";

/** What the bot is told at its start; without `url` it has no database. */
export interface GrammyOptions {
  root: string;
  token: string;
  url: string | null;
  codes: readonly string[];
}

interface Session {
  checks: number;
  last_code: string | null;
}

interface Card {
  number: number;
  name: string;
  description: string;
  file_id: string;
  checks: number;
  first_at: Date;
}

/** What the bot keeps. */
interface Store {
  sessions: StorageAdapter<Session>;
  /** Counts and logs a check; null for a code that is unknown. */
  check(code: string, chat: number): Promise<Card | null>;
}

/** As many as grammY's own runner has under way. */
const AT_ONCE_MAX = 500;

const cardOf = (code: string, i: number) => ({
  code,
  number: i + 1,
  name: `Card ${i + 1}`,
  description: "What a bench needs",
  file_id: "f",
});

/** Makes the bot's tables, with a card for each code. */
async function prepare(sql: postgres.Sql, codes: readonly string[]): Promise<void> {
  await sql.unsafe(`
    create table cards (code text primary key, number integer not null, name text not null,
      description text not null, file_id text not null, checks integer not null default 0,
      first_at timestamptz);
    create table checks (id bigint generated always as identity primary key, code text not null,
      chat bigint not null, at timestamptz not null default now());
    create table sessions (key text primary key, value jsonb not null);
  `);
  await sql`insert into cards ${sql([...codes].map(cardOf))}`;
}

function onServer(sql: postgres.Sql): Store {
  return {
    sessions: {
      async read(key) {
        const [row] = await sql<{ value: Session }[]>`
          select value from sessions where key = ${key}`;
        return row?.value;
      },
      async write(key, value) {
        await sql`insert into sessions (key, value) values (${key}, ${
          JSON.stringify(value)
        }::text::jsonb)
          on conflict (key) do update set value = excluded.value`;
      },
      async delete(key) {
        await sql`delete from sessions where key = ${key}`;
      },
    },
    async check(code, chat) {
      const [card] = await sql<Card[]>`
        with logged as (insert into checks (code, chat) values (${code}, ${chat}))
        update cards set checks = checks + 1, first_at = coalesce(first_at, now())
        where code = ${code}
        returning number, name, description, file_id, checks, first_at`;
      return card ?? null;
    },
  };
}

function inMemory(codes: readonly string[]): Store {
  const cards = new Map<string, Card>(codes.map((code, i) => [
    code,
    { ...cardOf(code, i), checks: 0, first_at: new Date() },
  ]));
  return {
    sessions: new MemorySessionStorage<Session>(),
    check(code) {
      const card = cards.get(code);
      if (card) card.checks++;
      return Promise.resolve(card ?? null);
    },
  };
}

const captionOf = (card: Card) =>
  `✅ <b>Код подлинный</b>: карта №\u00a0${card.number}\n<b>${card.name}</b>\n\n` +
  `${card.description}\n\nПроверена ${card.checks} раз, впервые ` +
  `${card.first_at.toISOString().slice(0, 16)}\n\n` +
  "Сравните вещь с фото: напечатанный QR-код можно скопировать.";

function openGrammyBot({ root, token }: GrammyOptions, store: Store) {
  const bot = new Bot<Context & SessionFlavor<Session>>(token, { client: { apiRoot: root } });
  bot.use(session({
    initial: (): Session => ({ checks: 0, last_code: null }),
    storage: store.sessions,
  }));
  bot.command("start", async (ctx) => {
    const code = ctx.match.replace("v_", "");
    const card = await store.check(code, ctx.chat.id);
    if (!card) return await ctx.reply("Код <b>не найден</b>.", { parse_mode: "HTML" });
    ctx.session.checks++;
    ctx.session.last_code = code;
    const share = { text: "Поделиться", switch_inline_query: String(card.number) };
    await ctx.replyWithPhoto(card.file_id, {
      caption: captionOf(card),
      parse_mode: "HTML",
      reply_markup: { inline_keyboard: [[share]] },
    });
  });
  return bot;
}

/** Polls for ever: chats side by side, the updates of each in order. */
async function poll(bot: ReturnType<typeof openGrammyBot>): Promise<never> {
  const lanes = new Map<number, Promise<void>>();
  let under_way = 0;
  let room = Promise.withResolvers<void>();
  async function handle(update: Update, before: Promise<void> | undefined): Promise<void> {
    await before;
    try {
      await bot.handleUpdate(update);
    } finally {
      under_way--;
      room.resolve();
    }
  }
  for (let offset = 0;;) {
    const updates = await bot.api.getUpdates({ offset, timeout: 30, allowed_updates: ["message"] });
    for (const update of updates) {
      offset = update.update_id + 1;
      const chat = update.message?.chat.id ?? 0;
      under_way++;
      const lane = handle(update, lanes.get(chat)).finally(() => {
        if (lanes.get(chat) === lane) lanes.delete(chat);
      });
      lanes.set(chat, lane);
    }
    while (under_way >= AT_ONCE_MAX) {
      room = Promise.withResolvers();
      await room.promise;
    }
  }
}

/** Starts the bot; resolves when it is about to poll. */
export const startGrammyBot = (options: GrammyOptions): Promise<BenchProcess> =>
  startProcess(import.meta.filename ?? "", [JSON.stringify(options)]);

if (import.meta.main) {
  const options: GrammyOptions = JSON.parse(Deno.args[0] ?? "{}");
  const sql = options.url === null ? null : postgres(options.url, { onnotice: () => {} });
  if (sql) await prepare(sql, options.codes);
  const bot = openGrammyBot(options, sql ? onServer(sql) : inMemory(options.codes));
  await bot.init();
  await Promise.race([poll(bot), beReady("ready")]);
  Deno.exit(0);
}
