/** Takes updates from Telegram; one is confirmed only when it is committed. */
import { delay } from "@std/async";
import { backoff } from "../base/backoff.ts";
import type { Api } from "grammy";
import { GrammyError } from "grammy";
import type { Update } from "grammy/types";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";

import type { Logger } from "./sources.ts";
import { tokenRefusal } from "./token_refused.ts";

export interface PollOptions {
  api: Api;
  log?: Logger;
  /** Resolves when all of them are committed; while it rejects, the same ones come again. */
  handle: (updates: Update[]) => Promise<void>;
  /**
   * Told, while `handle` takes long, of everything that waits at Telegram; null where what it
   * handles was taken by another process meanwhile.
   */
  onPending?: (updates: readonly Update[] | null) => void;
  /** Whether this process is the one to poll, right now. */
  mayPoll: () => Promise<boolean>;
  /** Told each time that Telegram has answered. */
  onAnswer?: () => void;
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
/** Somebody else polls with this token: the two would throw each other out in turn. */
const CONFLICT_MS = 5_000;

/** What the bot hears of; named, because Telegram remembers what was asked for last. */
export const allowed_updates = [
  "message",
  "edited_message",
  "callback_query",
  "inline_query",
  "my_chat_member",
] as const;

/** Polls until `signal` aborts. Throws `TokenRefused`; everything else passes. */
export async function poll(options: PollOptions): Promise<void> {
  const { api, log = logOf("telegram"), signal } = options;
  const { peek_ms = PEEK_MS } = options;
  let offset = 0;
  let failures = 0;

  async function once(): Promise<void> {
    if (!await options.mayPoll()) return await delay(LEASE_MS, { signal });
    if (signal.aborted) return;
    const updates = await api.raw.getUpdates({
      offset,
      limit: UPDATES_MAX,
      timeout: options.timeout_seconds ?? TIMEOUT_SECONDS,
      allowed_updates,
    }, callSignal(signal));
    options.onAnswer?.();
    const last = updates.at(-1);
    if (!last || signal.aborted) return;
    await handleAndPeek(updates);
    offset = last.update_id + 1;
    failures = 0;
  }

  async function handleAndPeek(updates: Update[]): Promise<void> {
    const settled = new AbortController();
    const first = updates[0]?.update_id ?? 0;
    const peeking = peek(first, AbortSignal.any([signal, settled.signal]));
    try {
      await options.handle(updates);
    } finally {
      settled.abort();
      // Two polls at once would throw each other out.
      await peeking;
    }
  }

  /** Confirms nothing: the same offset brings the same updates, and those behind them. */
  async function peek(first: number, ending: AbortSignal): Promise<void> {
    for (let is_ours = true; is_ours;) {
      await delay(peek_ms, { signal: ending }).catch(() => undefined);
      if (ending.aborted) return;
      const request = { offset, limit: UPDATES_MAX, timeout: 0, allowed_updates };
      const answer = api.raw.getUpdates(request, callSignal(ending));
      answer.then(() => options.onAnswer?.(), () => undefined);
      const pending = await answer.catch((error) => {
        if (!ending.aborted) {
          log.warn("Cannot look at what waits: {words}", { words: wordsOf(error) });
        }
        return [];
      });
      if (ending.aborted) return;
      is_ours = pending.length === 0 || pending.some(({ update_id }) => update_id === first);
      options.onPending?.(is_ours ? pending : null);
    }
  }

  while (!signal.aborted) {
    try {
      await once();
    } catch (error) {
      if (signal.aborted) return;
      const refused = tokenRefusal(error);
      if (refused) throw refused;
      const after_ms = pauseAfter(error, failures++);
      const words = wordsOf(error);
      log.warn("Cannot take updates, trying again in {after_ms} ms: {words}", { after_ms, words });
      await delay(after_ms, { signal }).catch(() => undefined);
    }
  }
}

function wordsOf(error: unknown): string {
  return failureOf(error)?.words ?? (error instanceof Error ? error.message : "unknown");
}

function pauseAfter(error: unknown, failures: number): number {
  if (error instanceof GrammyError && error.error_code === 409) return CONFLICT_MS;
  const failure = failureOf(error);
  const named_ms = failure?.is === "passing" ? failure.after_ms : null;
  return named_ms ?? backoff(failures);
}
