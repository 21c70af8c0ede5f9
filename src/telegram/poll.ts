/** Takes updates from Telegram; one is confirmed only when it is committed. */
import { delay } from "@std/async";
import type { Api } from "grammy";
import { ExitError } from "../base/exit_error.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { failureOf, pollPause } from "./failure.ts";
import { updateIdOf } from "./read_update.ts";
import { isPollConflict, openPollConflict } from "./poll_conflict.ts";
import type { Logger } from "./sources.ts";
import { tokenRefusal } from "./token_refused.ts";

export interface PollOptions {
  api: Api;
  log?: Logger;
  /** Resolves when all of them are committed; while it rejects, the same ones come again. */
  handle: (updates: readonly unknown[]) => Promise<void>;
  /**
   * Told, while `handle` takes long, of everything that waits at Telegram; null where what it
   * handles was taken by another process meanwhile.
   */
  onPending?: (updates: readonly unknown[] | null) => void;
  /** Whether this process is the one to poll, right now. */
  mayPoll: () => Promise<boolean>;
  /** Told each time that Telegram has answered with updates, if only with none. */
  onAnswer?: () => void;
  /** Told each time that Telegram refuses because another program polls. */
  onConflict?: () => void;
  /** Takes away a webhook that is set, once. */
  deletes_webhook?: boolean;
  /** Ends the polling at once. */
  signal: AbortSignal;
  /** How long Telegram holds an empty answer back, in seconds; 10 unless given. */
  timeout_seconds?: number;
  /** How often it is looked at what waits while `handle` takes long, in ms; 2,000 unless given. */
  peek_ms?: number;
}

/** Short enough that silence is noticed soon: see src/web/health.ts. */
const TIMEOUT_SECONDS = 10;
const UPDATES_MAX = 100;
const PEEK_MS = 2_000;
/** How often a process that may not poll asks again. */
const LEASE_MS = 1_000;

/** What the bot hears of; named, because Telegram remembers what was asked for last. */
export const allowed_updates = [
  "message",
  "edited_message",
  "callback_query",
  "inline_query",
  "my_chat_member",
] as const;

/** Polls until `signal` aborts. Throws `TokenRefused` and `WebhookSet`; everything else passes. */
export async function poll(options: PollOptions): Promise<void> {
  const { api, log = logOf("telegram"), signal } = options;
  const { peek_ms = PEEK_MS, timeout_seconds = TIMEOUT_SECONDS } = options;
  let offset = 0;
  let failures = 0;
  // What was not answered yet, or not the last time, is answered at once.
  let timeout = 0;
  const yieldToOthers = openPollConflict({
    ...{ api, log, signal },
    deletes_webhook: options.deletes_webhook ?? false,
    onConflict: options.onConflict ?? (() => {}),
  });

  async function ask(timeout: number, ending: AbortSignal): Promise<unknown[]> {
    const wanted = { offset, limit: UPDATES_MAX, timeout, allowed_updates };
    const updates: unknown = await api.raw.getUpdates(wanted, callSignal(ending));
    if (!Array.isArray(updates)) throw new Error("Telegram's answer is no list of updates");
    options.onAnswer?.();
    return updates;
  }

  async function once(): Promise<void> {
    if (!await options.mayPoll()) return await delay(LEASE_MS, { signal });
    if (signal.aborted) return;
    const updates = await ask(timeout, signal);
    timeout = timeout_seconds;
    // By now the offset has confirmed all below it; after an idle week ids may begin anew there.
    offset = 0;
    if (updates.length > 0 && !signal.aborted) {
      await handleAndPeek(updates);
      offset = 1 + Math.max(...updates.map((update) => updateIdOf(update) ?? -1));
      if (offset === 0) throw new Error("No update has an id by which it could be confirmed");
    }
    failures = 0;
  }

  async function handleAndPeek(updates: readonly unknown[]): Promise<void> {
    const settled = new AbortController();
    const peeking = peek(updateIdOf(updates[0]), AbortSignal.any([signal, settled.signal]));
    try {
      await options.handle(updates);
    } finally {
      settled.abort();
      // Two polls at once would throw each other out.
      await peeking;
    }
  }

  /** Confirms nothing: the same offset brings the same updates, and those behind them. */
  async function peek(first: number | null, ending: AbortSignal): Promise<void> {
    for (let is_ours = true; is_ours;) {
      await delay(peek_ms, { signal: ending }).catch(() => undefined);
      if (ending.aborted) return;
      const pending = await ask(0, ending).catch((error) => {
        if (!ending.aborted) {
          log.warn("Cannot look at what waits: {words}", { words: wordsOf(error) });
        }
        return [];
      });
      if (ending.aborted) return;
      is_ours = pending.length === 0 || pending.some((update) => updateIdOf(update) === first);
      options.onPending?.(is_ours ? pending : null);
    }
  }

  /** Throws where no waiting helps. */
  async function pauseAfter(error: unknown): Promise<number> {
    const refused = tokenRefusal(error);
    if (refused) throw refused;
    let trouble = error;
    if (isPollConflict(error)) {
      try {
        return await yieldToOthers();
      } catch (unclear) {
        if (unclear instanceof ExitError) throw unclear;
        trouble = unclear;
      }
    }
    const after_ms = pollPause(failureOf(trouble), failures++);
    const words = wordsOf(trouble);
    log.warn("Cannot take updates, trying again in {after_ms} ms: {words}", { after_ms, words });
    return after_ms;
  }

  while (!signal.aborted) {
    try {
      await once();
    } catch (error) {
      if (signal.aborted) return;
      timeout = 0;
      const after_ms = await pauseAfter(error);
      await delay(after_ms, { signal }).catch(() => undefined);
    }
  }
}

function wordsOf(error: unknown): string {
  return failureOf(error)?.words ?? (error instanceof Error ? error.message : "unknown");
}
