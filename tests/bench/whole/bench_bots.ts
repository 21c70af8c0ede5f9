/** The bots that are compared, each a process of its own with a stub of its own. */
import { startBot } from "../../bot/bot_process.ts";
import { PII_KEY } from "../long_life.ts";
import { startGrammyBot } from "./grammy_bot.ts";
import type { Seed } from "./seed_cards.ts";
import { startStub, type Stub } from "./stub_api.ts";

/** `ours` is this bot; `grammy` keeps one row for each chat; `bare` is that without a database. */
export type Name = "ours" | "grammy" | "bare";

export interface BenchBot extends AsyncDisposable {
  readonly name: Name;
  readonly pid: number;
  readonly stub: Stub;
  /** The name of its database on the server; null where it has none there. */
  readonly database: string | null;
  /** An address that its own loop answers; null where it has none. */
  readonly address: string | null;
}

/** Where this bot keeps what it keeps. */
export type OurPlace = { url: string } | { folder: string };

/** Starts this bot as `deno task start` does. */
export async function startOurs(place: OurPlace, { maker }: Seed): Promise<BenchBot> {
  const stub = await startStub();
  const port = freePort();
  const bot = startBot({
    BOT_TOKEN: stub.token,
    TELEGRAM_API_ROOT: stub.root,
    ADMIN_IDS: String(maker),
    HTTP_PORT: String(port),
    PII_KEY,
    ..."url" in place ? { DATABASE_URL: place.url } : { DATA_DIR: place.folder },
  });
  await bot.working();
  return {
    name: "ours",
    pid: bot.pid,
    stub,
    database: "url" in place ? databaseOf(place.url) : null,
    address: `http://127.0.0.1:${port}/`,
    async [Symbol.asyncDispose]() {
      bot.kill("SIGTERM");
      await bot.end();
      await stub[Symbol.asyncDispose]();
    },
  };
}

/** Starts the grammY bot; its tables are made in the empty database at `url`. */
export async function startTheirs(url: string | null, { codes }: Seed): Promise<BenchBot> {
  const stub = await startStub();
  const { root, token } = stub;
  const bot = await startGrammyBot({ root, token, url, codes });
  return {
    name: url === null ? "bare" : "grammy",
    pid: bot.pid,
    stub,
    database: url === null ? null : databaseOf(url),
    address: null,
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]();
      await stub[Symbol.asyncDispose]();
    },
  };
}

const databaseOf = (url: string): string => new URL(url).pathname.slice(1);

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
