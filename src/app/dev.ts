/** The bot with an embedded database and, without a token, a Telegram of its own. */
import { type Config, readConfig } from "./config.ts";
import { playDemo } from "../demo/play_demo.ts";
import { defaultPeople, type Emulator, startEmulator } from "@amanita/emulator";
import { logOf, startLogging } from "../base/log.ts";
import { aborted, announce, untilSignal } from "./process.ts";
import { runBot, type RunningBot } from "./run_bot.ts";

const HTTP_PORT = 8080;

/** Runs it until it is asked to end. Throws `ExitError`s. */
export async function dev(): Promise<void> {
  const config = await readConfig();
  // Its own folder, unless told otherwise, so that trying things out touches no real data.
  const DATA_DIR = config.DATA_DIR === "./data" ? "./data/dev" : config.DATA_DIR;
  await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "pretty" });
  const { signal } = untilSignal();
  if (config.BOT_TOKEN) {
    await useTelegram({ ...config, DATA_DIR, token: config.BOT_TOKEN.reveal() }, signal);
  } else {
    await useEmulator({ ...config, DATA_DIR }, signal);
  }
}

async function useTelegram(config: Config & { token: string }, signal: AbortSignal): Promise<void> {
  const running = await runBot(config, signal);
  announce(`Open https://t.me/${running.myself.username} (pid ${Deno.pid}). Ctrl-C ends it.`);
  await live(running, signal);
}

async function useEmulator(config: Config, signal: AbortSignal): Promise<void> {
  const emulator = await openTelegram(config);
  try {
    const [maker, ...others] = emulator.people();
    if (!maker) throw new Error("Cannot try the bot: nobody lives in the emulator");
    const running = await runBot({
      ...config,
      token: emulator.token,
      TELEGRAM_API_ROOT: emulator.root,
      ADMIN_IDS: [maker.id, ...config.ADMIN_IDS],
    }, signal);
    const [found] = await running.database.sql`select 1 from events limit 1`;
    if (!found) {
      const buyers = others.map(({ id }) => emulator.person(id));
      const demo = playDemo({ maker: emulator.person(maker.id), buyers })
        .catch((error) => logOf("dev").warn("The demo stopped: {error}", { error: String(error) }));
      await Promise.race([demo, aborted(signal)]);
    }
    announce(`Open ${emulator.root} (pid ${Deno.pid}). Ctrl-C ends it.`);
    await live(running, signal);
  } finally {
    await emulator.close();
  }
}

/** On the port that is set; where the usual one is taken, on any. */
async function openTelegram({ DATA_DIR, HTTP_HOST, HTTP_PORT: port }: Config): Promise<Emulator> {
  const options = { hostname: HTTP_HOST, folder: `${DATA_DIR}/telegram`, people: defaultPeople };
  try {
    return await startEmulator({ ...options, port });
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse) || port !== HTTP_PORT) throw error;
    return await startEmulator({ ...options, port: 0 });
  }
}

async function live(running: RunningBot, signal: AbortSignal): Promise<void> {
  try {
    await Promise.race([running.ended, aborted(signal)]);
  } finally {
    await running.stop();
  }
}
