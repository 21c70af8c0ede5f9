/** From a configuration to a running bot and back: what `main` and `dev` have in common. */
import { abortable } from "@std/async";
import type { Config } from "./config.ts";
import { type Bot, openBot } from "./bot.ts";
import { type OpenPictures, openPictures } from "../pictures/open_pictures.ts";
import { picturesOptions } from "./pictures_options.ts";
import { migrate } from "../store/migrate.ts";
import { migrations } from "../flows/migrations.ts";
import { openMasterKey } from "../store/master_key.ts";
import { type Database, openDatabase } from "../store/open_database.ts";
import { openApi } from "../telegram/api.ts";
import { tellCalls } from "./tell_work.ts";
import { getMyself, type Myself } from "../telegram/introduce.ts";
import { requireFolder } from "../base/unfit_folder.ts";
import type { Health } from "../web/health.ts";

/** A bot with everything under it. */
export interface RunningBot {
  bot: Bot;
  myself: Myself;
  database: Database;
  /** Rejects where Telegram refuses the token or sends updates elsewhere; resolves after `stop`. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/** How it is, for whoever watches it. */
export const healthOf = ({ database, bot }: RunningBot): Health => ({
  database: async () => void await database.sql`select 1`,
  polled_at: bot.polled_at,
  is_contested: bot.is_contested,
  now: Date.now,
});

/** Opens the database, migrates it, learns who the bot is and sets it to work. */
export async function runBot(
  config: Config & { token: string },
  signal: AbortSignal,
): Promise<RunningBot> {
  const { token, DATA_DIR, DATABASE_URL, PII_KEY, TELEGRAM_API_ROOT } = config;
  if (!DATABASE_URL || !PII_KEY) requireFolder(DATA_DIR);
  const master = await openMasterKey(PII_KEY?.reveal() ?? null, DATA_DIR);
  const opening = openDatabase(
    DATABASE_URL ? { url: DATABASE_URL.reveal() } : { folder: `${DATA_DIR}/postgres` },
  );
  const database = await abortable(opening, signal).catch((error) => {
    // Nobody waits for what it began: a database that was half made is made anew.
    if (signal.aborted) opening.then(({ close }) => close(), () => undefined);
    throw error;
  });
  let pictures: OpenPictures | undefined;
  try {
    await abortable(migrate(database, migrations), signal);
    const api_root = TELEGRAM_API_ROOT.replace(/\/+$/, "");
    const api = openApi({ token, root: api_root });
    tellCalls(api);
    const myself = await getMyself({ api, signal });
    pictures = await openPictures({ ...picturesOptions(config), yields: true });
    const bot = await openBot({
      database,
      pictures,
      master,
      api,
      token,
      api_root,
      myself,
      admin_ids: config.ADMIN_IDS,
      time_zone: config.TIME_ZONE,
      default_locale: config.DEFAULT_LOCALE,
      adopt: config.ADOPT_BOT,
      deletes_webhook: config.DELETE_WEBHOOK,
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
        await pictures?.close();
        await database.close();
      },
    };
  } catch (error) {
    await pictures?.close();
    await database.close();
    throw error;
  }
}
