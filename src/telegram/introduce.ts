/** What the bot does at start: learns who it is, and says what it can do. */
import type { Api } from "grammy";
import type { BotCommand, BotCommandScope } from "grammy/types";
import type { Catalogue } from "../locales/ru.ts";
import { logOf } from "../log.ts";
import { callSignal } from "./api.ts";
import { backoff, failureOf } from "./failure.ts";
import { sleep } from "./sleep.ts";
import type { Logger } from "./sources.ts";
import { tokenRefusal } from "./token_refused.ts";

export interface Myself {
  id: number;
  username: string;
  first_name: string;
}

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
      const { id, username, first_name } = await api.raw.getMe(callSignal(signal));
      return { id, username, first_name };
    } catch (error) {
      signal.throwIfAborted();
      const refused = tokenRefusal(error);
      if (refused) throw refused;
      const failure = failureOf(error);
      const words = failure?.words ?? "unknown";
      const named_ms = failure?.is === "passing" ? failure.after_ms : null;
      const after_ms = named_ms ?? backoff(failures);
      log.warn("Telegram does not answer, trying again in {after_ms} ms: {words}", {
        after_ms,
        words,
      });
      await sleep(after_ms, signal);
      signal.throwIfAborted();
    }
  }
}

/**
 * Sets the commands for everybody and, with the maker's, for each of `admins`, and the bot's
 * descriptions; what is set already stays. Never throws: a bot without them works as well.
 */
export async function introduce(
  options: IntroduceOptions & { admins: readonly number[]; catalogue: Catalogue },
): Promise<void> {
  const { api, log = logOf("telegram"), signal, admins, catalogue } = options;
  const { raw } = api;
  const until = callSignal(signal);

  async function step(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      if (!signal.aborted) await work();
    } catch (error) {
      if (signal.aborted) return;
      log.warn("Cannot set {what}: {words}", {
        what,
        words: failureOf(error)?.words ?? "unknown",
      });
    }
  }

  async function setCommands(scope: BotCommandScope, commands: BotCommand[]): Promise<void> {
    const set = await raw.getMyCommands({ scope }, until);
    if (JSON.stringify(plain(set)) === JSON.stringify(commands)) return;
    await raw.setMyCommands({ scope, commands }, until);
  }

  const { start, help, cancel, admin } = catalogue.commands;
  const everybodys = [
    { command: "start", description: start },
    { command: "help", description: help },
    { command: "cancel", description: cancel },
  ];
  const makers = [{ command: "admin", description: admin }, ...everybodys];
  await step("the commands", () => setCommands({ type: "all_private_chats" }, everybodys));
  for (const chat_id of admins) {
    await step("a maker's commands", async () => {
      try {
        await setCommands({ type: "chat", chat_id }, makers);
      } catch (error) {
        // Somebody who has not written yet: they get theirs at a later start.
        if (!/chat not found/i.test(failureOf(error)?.words ?? "")) throw error;
      }
    });
  }
  await step("the description", async () => {
    const { description } = catalogue;
    const set = await known(() => raw.getMyDescription({}, until));
    if (set?.description !== description) await raw.setMyDescription({ description }, until);
  });
  await step("the short description", async () => {
    const { short_description } = catalogue;
    const set = await known(() => raw.getMyShortDescription({}, until));
    if (set?.short_description === short_description) return;
    await raw.setMyShortDescription({ short_description }, until);
  });
}

const plain = (commands: readonly BotCommand[]): BotCommand[] =>
  commands.map(({ command, description }) => ({ command, description }));

/** What is set, or null where it cannot be read: then it is set anew. */
async function known<Set>(read: () => Promise<Set>): Promise<Set | null> {
  try {
    return await read();
  } catch {
    return null;
  }
}
