/** The bot in production: it needs a token, and answers how it is. */
import { BadConfig, readConfig } from "./config.ts";
import { logOf, startLogging } from "../base/log.ts";
import { aborted, announce, untilSignal } from "./process.ts";
import { healthOf, runBot } from "./run_bot.ts";
import { serveHealth } from "./serve_health.ts";

/** Runs the bot until it is asked to end. Throws `ExitError`s. */
export async function start(): Promise<void> {
  const { signal } = untilSignal();
  const config = await readConfig();
  if (!config.BOT_TOKEN) {
    throw new BadConfig(
      "Cannot start: BOT_TOKEN is not set. Put the token that BotFather gave you into the " +
        "environment or .env; to try the bot without one, run `deno task dev`.",
    );
  }
  await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "json" });
  await using health = await serveHealth(config);
  const running = await runBot({ ...config, token: config.BOT_TOKEN.reveal() }, signal);
  try {
    health.watch(healthOf(running));
    announce(
      `@${running.myself.username} is working (pid ${Deno.pid}); health: ${health.address}`,
    );
    adviseOnTimeZone(config.TIME_ZONE);
    await Promise.race([running.ended, aborted(signal)]);
  } finally {
    await running.stop();
  }
}

/** Few people live by UTC, and an operator may never see the bot's messages. */
function adviseOnTimeZone(time_zone: string): void {
  if (time_zone !== "UTC") return;
  logOf("app").info(
    "Times in messages are by UTC, and say so. For another clock set TIME_ZONE, like Europe/Moscow.",
  );
}
