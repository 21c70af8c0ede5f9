/** The bot within the test's own process, against an emulator. */
import type { Emulator } from "@amanita/emulator";
import type { Api } from "grammy";
import { type Bot, openBot } from "../../src/app/bot.ts";
import type { BotPictures } from "../../src/app/job_work.ts";
import { openMasterKey } from "../../src/store/master_key.ts";
import type { Database } from "../../src/store/open_database.ts";

/** The key under which these bots seal. */
export const PII_KEY = "B".repeat(43) + "=";

const noPictures: BotPictures = {
  getWithin: () =>
    Promise.resolve({ is: "refused", reason: "not_found", sentence: "There are no pictures." }),
  open: () => Promise.resolve(null),
};

export interface InProcess {
  bot: Bot;
  stop(): Promise<void>;
}

/** Opens the bot and sets it to work; the database stays open after `stop`. */
export async function runInProcess(
  { database, emulator, api, admin_ids, pictures = noPictures }: {
    database: Database;
    emulator: Emulator;
    api: Api;
    admin_ids: readonly number[];
    /** None can be had unless given. */
    pictures?: BotPictures;
  },
): Promise<InProcess> {
  const bot = await openBot({
    database,
    master: await openMasterKey(PII_KEY, ""),
    api,
    token: emulator.token,
    api_root: emulator.root,
    myself: emulator.bot,
    admin_ids,
    pictures,
    time_zone: "UTC",
    default_locale: "ru",
    adopt: false,
    deletes_webhook: false,
  });
  const ended = bot.run();
  return {
    bot,
    async stop() {
      await bot.stop();
      await ended;
    },
  };
}
