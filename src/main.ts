/** `deno task start`: the bot in production. */
import { BadConfig, readConfig } from "./config.ts";
import { startLogging } from "./log.ts";
import { aborted, announce, runProgram, untilSignal } from "./process.ts";
import { runBot } from "./run_bot.ts";
import { healthHandler } from "./web/health.ts";

async function main(): Promise<void> {
  const config = await readConfig();
  if (!config.BOT_TOKEN) {
    throw new BadConfig(
      "Cannot start: BOT_TOKEN is not set. Put the token that BotFather gave you into the " +
        "environment or .env; to try the bot without one, run `deno task dev`.",
    );
  }
  await startLogging({ level: config.LOG_LEVEL, format: config.LOG_FORMAT ?? "json" });
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

if (import.meta.main) await runProgram(main);
