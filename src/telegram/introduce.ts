/** What the bot does at start: learns who it is, and says what it can do. */
import { delay } from "@std/async";
import { z } from "zod";
import type { Api } from "grammy";
import type { BotCommandScope } from "grammy/types";
import type { Catalogue, Command } from "../locales/catalogue.ts";
import { type Locale, locales } from "../locales/locales.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { failureOf, pollPause } from "./failure.ts";
import { makersCommands } from "./makers_commands.ts";
import type { Logger } from "./sources.ts";
import { tokenRefusal } from "./token_refused.ts";

const Myself = z.object({
  id: z.int().positive(),
  username: z.string().min(1),
  first_name: z.string(),
  /** Whether BotFather was told that people may ask it from any chat. */
  supports_inline_queries: z.boolean(),
});
/** Who the bot is, as Telegram says. */
export type Myself = z.infer<typeof Myself>;

export interface IntroduceOptions {
  api: Api;
  log?: Logger;
  signal: AbortSignal;
}

/** Asks Telegram who the bot is, as long as it takes. Throws `TokenRefused`, or when aborted. */
export async function getMyself(options: IntroduceOptions): Promise<Myself> {
  const { api, log = logOf("telegram"), signal } = options;
  for (let failures = 0;; failures++) {
    try {
      const myself = Myself.parse(await api.raw.getMe(callSignal(signal)));
      const { username, supports_inline_queries } = myself;
      if (!supports_inline_queries) {
        log.warn(
          "@{username} has no inline mode, so cards are shared by link only: send /setinline to " +
            "@BotFather",
          { username },
        );
      }
      return myself;
    } catch (error) {
      signal.throwIfAborted();
      const refused = tokenRefusal(error);
      if (refused) throw refused;
      const failure = failureOf(error);
      const words = failure?.words ?? "unknown";
      const after_ms = pollPause(failure, failures);
      log.warn("Telegram does not answer, trying again in {after_ms} ms: {words}", {
        after_ms,
        words,
      });
      await delay(after_ms, { signal });
    }
  }
}

/** What the bot says of itself, and to whom in which language. */
interface Languages {
  catalogues: Readonly<Record<Locale, Catalogue>>;
  /** The language in which the bot speaks to this owner. */
  localeOf(telegram_id: number): Promise<Locale>;
}

/**
 * Sets the commands for everybody and, with the maker's, for each of `admins`, and the bot's
 * descriptions, in every language; what is set already stays. Never throws: a bot without them
 * works as well.
 */
export async function introduce(
  options: IntroduceOptions & Languages & {
    admins: readonly number[];
    /** The language of what a phone sees whose language the bot does not speak. */
    fallback: Locale;
  },
): Promise<void> {
  const { catalogues, fallback, admins } = options;
  await introduceIn(options, catalogues[fallback], {});
  for (const admin of admins) await introduceToMaker(options, admin);
  for (const locale of locales) {
    await introduceIn(options, catalogues[locale], { language_code: locale });
  }
}

/** For phones that speak this language; without a language, for those that speak none of ours. */
type Audience = { language_code?: Locale };

async function introduceIn(
  options: IntroduceOptions,
  catalogue: Catalogue,
  audience: Audience,
): Promise<void> {
  const { api, signal } = options;
  const { commands, description, short_description } = catalogue;
  const about = { scope: { type: "all_private_chats" }, ...audience } as const;
  await attempt(
    options,
    "the commands",
    () => setCommands(api, about, commands.everybody, signal),
  );
  await attempt(
    options,
    "the description",
    () => setDescription(api, description, audience, signal),
  );
  await attempt(
    options,
    "the short description",
    () => setShortDescription(api, short_description, audience, signal),
  );
}

/** Sets a maker's commands in their chat, where there is one by now. Never throws. */
export async function introduceToMaker(
  options: IntroduceOptions & Languages,
  chat_id: number,
): Promise<void> {
  const { api, signal } = options;
  await attempt(options, "a maker's commands", async () => {
    const commands = makersCommands(options.catalogues[await options.localeOf(chat_id)]);
    const about = { scope: { type: "chat", chat_id } } as const;
    await ifChatIsThere(() => setCommands(api, about, commands, signal));
  });
}

async function attempt(
  { log = logOf("telegram"), signal }: IntroduceOptions,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    if (!signal.aborted) await work();
  } catch (error) {
    const words = failureOf(error)?.words ?? "unknown";
    if (!signal.aborted) log.warn("Cannot set {what}: {words}", { what, words });
  }
}

async function setCommands(
  { raw }: Api,
  about: Audience & { scope: BotCommandScope },
  commands: readonly Command[],
  signal: AbortSignal,
): Promise<void> {
  const set = await raw.getMyCommands(about, callSignal(signal));
  const plain = set.map(({ command, description }) => ({ command, description }));
  if (JSON.stringify(plain) === JSON.stringify(commands)) return;
  await raw.setMyCommands({ ...about, commands: [...commands] }, callSignal(signal));
}

/** Somebody who has not written yet has no chat: they get their commands when they do. */
async function ifChatIsThere(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!/chat not found/i.test(failureOf(error)?.words ?? "")) throw error;
  }
}

async function setDescription(
  { raw }: Api,
  description: string,
  audience: Audience,
  signal: AbortSignal,
) {
  const set = await known(() => raw.getMyDescription(audience, callSignal(signal)));
  if (set?.description === description) return;
  await raw.setMyDescription({ ...audience, description }, callSignal(signal));
}

async function setShortDescription(
  { raw }: Api,
  short_description: string,
  audience: Audience,
  signal: AbortSignal,
) {
  const set = await known(() => raw.getMyShortDescription(audience, callSignal(signal)));
  if (set?.short_description === short_description) return;
  await raw.setMyShortDescription({ ...audience, short_description }, callSignal(signal));
}

/** What is set, or null where it cannot be read: then it is set anew. */
async function known<Set>(read: () => Promise<Set>): Promise<Set | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
