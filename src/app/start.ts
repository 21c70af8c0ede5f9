/** The bot in production: it needs a token, and answers how it is. */
import { BadConfig, readConfig } from "./config.ts";
import { logOf, startLogging } from "../base/log.ts";
import { aborted, announce, untilSignal } from "./process.ts";
import { runBot } from "./run_bot.ts";
import { healthHandler } from "../web/health.ts";

/** Runs the bot until it is asked to end. Throws `ExitError`s. */
export async function start(): Promise<void> {
  const config = await readConfig();
  if (!config.BOT_TOKEN) {
    throw new BadConfig(
      "Cannot start: BOT_TOKEN is not set. Put the token that BotFather gave you into the " +
        "environment or .env; to try the bot without one, run `deno task dev`.",
    );
  }
  await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "json" });
  adviseOnTimeZone(config.TIME_ZONE);
  const { signal } = untilSignal();
  const running = await runBot({ ...config, token: config.BOT_TOKEN.reveal() }, signal);
  try {
    await using server = Deno.serve(
      { hostname: config.HTTP_HOST, port: config.HTTP_PORT, onListen: () => {} },
      healthHandler({
        database: async () => void await running.database.sql`select 1`,
        polled_at: running.bot.polled_at,
        now: Date.now,
      }),
    );
    const { hostname, port } = server.addr;
    announce(
      `@${running.myself.username} is working (pid ${Deno.pid}); ` +
        `health: http://${hostname}:${port}/health`,
    );
    await Promise.race([running.ended, aborted(signal)]);
  } finally {
    await running.stop();
  }
}

/** Few people live by UTC, and whoever runs the bot does not see its messages. */
function adviseOnTimeZone(time_zone: string): void {
  if (time_zone !== "UTC") return;
  logOf("app").info(
    "Times in messages are by UTC, and say so. For another clock set TIME_ZONE, like Europe/Moscow.",
  );
}
