/** The bot with an embedded database and, without a token, a Telegram of its own. */
import { type Config, readConfig } from "./config.ts";
import { playDemo } from "../demo/play_demo.ts";
import { defaultPeople, type Emulator, startEmulator } from "@amanita/emulator";
import { logOf, startLogging } from "../base/log.ts";
import { plainText } from "../base/plain_text.ts";
import { aborted, announce, untilSignal } from "./process.ts";
import { healthOf, runBot, type RunningBot } from "./run_bot.ts";
import { listenRefusal, serveHealth } from "./serve_health.ts";
import { requireFolder } from "../base/unfit_folder.ts";

const HTTP_PORT = 8080;

/** How often it is said how far the demo is, at most. */
const PROGRESS_MS = 2_000;
const STILL_MS = 5_000;

/** Runs it until it is asked to end. Throws `ExitError`s. */
export async function dev(): Promise<void> {
  const { signal } = untilSignal();
  const config = await readConfig();
  // Its own folder, unless told otherwise, so that trying things out touches no real data.
  const DATA_DIR = config.DATA_DIR === "./data" ? "./data/dev" : config.DATA_DIR;
  await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "pretty" });
  if (config.BOT_TOKEN) {
    await useTelegram({ ...config, DATA_DIR, token: config.BOT_TOKEN.reveal() }, signal);
  } else {
    await useEmulator({ ...config, DATA_DIR }, signal);
  }
}

async function useTelegram(config: Config & { token: string }, signal: AbortSignal): Promise<void> {
  tell(`Starting the bot: ${await describeDatabase(config)}.`);
  await using health = await serveHealth(config);
  const running = await tellingOn(runBot(config, signal));
  health.watch(healthOf(running));
  announce(
    `Open https://t.me/${running.myself.username} (pid ${Deno.pid}); health: ${health.address}. ` +
      "Ctrl-C ends it.",
  );
  await live(running, signal);
}

async function useEmulator(config: Config, signal: AbortSignal): Promise<void> {
  requireFolder(config.DATA_DIR);
  const emulator = await openTelegram(config);
  try {
    const [maker] = emulator.people();
    if (!maker) throw new Error("Cannot try the bot: nobody lives in the emulator");
    tell(
      `The web chat is at ${emulator.address}, and the bot behind it is starting: ${await describeDatabase(
        config,
      )}.`,
    );
    const running = await tellingOn(runBot({
      ...config,
      token: emulator.token,
      TELEGRAM_API_ROOT: emulator.root,
      ADMIN_IDS: [maker.id, ...config.ADMIN_IDS],
    }, signal));
    const [found] = await running.database.sql`select 1 from events limit 1`;
    if (!found) await Promise.race([makeDemo(emulator), aborted(signal)]);
    announce(`Open ${emulator.address} (pid ${Deno.pid}). Ctrl-C ends it.`);
    if (emulator.address !== emulator.root) tell(beyondThisMachine(config.HTTP_HOST));
    await live(running, signal);
  } finally {
    await emulator.close();
  }
}

/** What it means that the address has a secret. */
const beyondThisMachine = (host: string): string =>
  `It listens on ${host}, which other machines can reach: whoever has the address with its secret ` +
  "is every person in the web chat. HTTP_HOST=127.0.0.1 keeps it to this machine.";

/** Which database, and whether to make it takes a while. */
async function describeDatabase({ DATABASE_URL, DATA_DIR }: Config): Promise<string> {
  if (DATABASE_URL) return "its database is on a server";
  const made = await Deno.stat(`${DATA_DIR}/postgres/cluster`).then(() => true, () => false);
  return made
    ? `its database is in ${DATA_DIR}`
    : `it makes a database in ${DATA_DIR}, which takes a few seconds, on a slow machine half a minute`;
}

/** Says every few seconds that `work` goes on. */
async function tellingOn<Result>(work: Promise<Result>): Promise<Result> {
  const begun = performance.now();
  const timer = setInterval(
    () => tell(`Still starting: ${Math.round((performance.now() - begun) / 1_000)} s`),
    STILL_MS,
  );
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/** Two cards and their checks; it is said how far that is. */
async function makeDemo(emulator: Emulator): Promise<void> {
  const [maker, ...buyers] = emulator.people().map(({ id }) => emulator.person(id));
  if (!maker) return;
  tell(
    "This is the first start: the phones show two cards being issued and checked. You may watch.",
  );
  let said_at = performance.now();
  const onProgress = (done: number, total: number) => {
    if (performance.now() - said_at < PROGRESS_MS && done < total) return;
    said_at = performance.now();
    tell(`The demo: ${done} of ${total}`);
  };
  try {
    await playDemo({ maker, buyers, onProgress });
  } catch (error) {
    logOf("dev").warn("The demo stopped: {error}", { error: String(error) });
  }
}

/** Beside the log: standard output is for the address. */
function tell(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${plainText(line)}\n`));
}

/** On the port that is set; where the usual one is taken, on any. */
async function openTelegram({ DATA_DIR, HTTP_HOST, HTTP_PORT: port }: Config): Promise<Emulator> {
  const options = {
    hostname: HTTP_HOST,
    folder: `${DATA_DIR}/telegram`,
    people: defaultPeople,
    warn: (sentence: string) => logOf("emulator").warn("{sentence}", { sentence }),
  };
  try {
    return await startEmulator({ ...options, port });
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse && port === HTTP_PORT) {
      return await startEmulator({ ...options, port: 0 });
    }
    throw listenRefusal(error, HTTP_HOST, port) ?? error;
  }
}

async function live(running: RunningBot, signal: AbortSignal): Promise<void> {
  try {
    await Promise.race([running.ended, aborted(signal)]);
  } finally {
    await running.stop();
  }
}
