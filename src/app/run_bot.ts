/** From a configuration to a running bot and back: what `main` and `dev` have in common. */
import type { Config } from "./config.ts";
import { type Bot, openBot } from "./bot.ts";
import { migrate } from "../store/migrate.ts";
import { migrations } from "../flows/migrations.ts";
import { openMasterKey } from "../store/master_key.ts";
import { type Database, openDatabase } from "../store/open_database.ts";
import { openApi } from "../telegram/api.ts";
import { getMyself, type Myself } from "../telegram/introduce.ts";

/** A bot with everything under it. */
export interface RunningBot {
  bot: Bot;
  myself: Myself;
  database: Database;
  /** Rejects where Telegram refuses the token; resolves after `stop`. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** Opens the database, migrates it, learns who the bot is and sets it to work. */
export async function runBot(
  config: Config & { token: string },
  signal: AbortSignal,
): Promise<RunningBot> {
  const { token, DATA_DIR, DATABASE_URL, TELEGRAM_API_ROOT } = config;
  const database = await openDatabase(
    DATABASE_URL ? { url: DATABASE_URL.reveal() } : { folder: `${DATA_DIR}/postgres` },
  );
  try {
    await migrate(database, migrations);
    const api_root = TELEGRAM_API_ROOT.replace(/\/+$/, "");
    const api = openApi({ token, root: api_root });
    const myself = await getMyself({ api, signal });
    const bot = await openBot({
      database,
      master: await openMasterKey(config.PII_KEY?.reveal() ?? null, DATA_DIR),
      api,
      token,
      api_root,
      myself,
      admin_ids: config.ADMIN_IDS,
      time_zone: config.TIME_ZONE,
      default_locale: config.DEFAULT_LOCALE,
      adopt: config.ADOPT_BOT,
    });
    const ended = bot.run();
    // The caller waits for it too; until then a refusal must not end the process.
    ended.catch(() => undefined);
    return {
      bot,
      myself,
      database,
      ended,
      async stop() {
        await bot.stop();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
