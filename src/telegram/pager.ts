/** The read-only lane: turns the page of a list in place, at once, without a word in the log. */
import type { Api } from "grammy";
import { catalogues, type Locale } from "../locales/locales.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import type { PagerTap } from "./codec.ts";
import { failureOf } from "./failure.ts";
import { markupOf } from "./keyboard.ts";
import { listOf } from "./render_list.ts";
import type { Logger, ShownPage } from "./sources.ts";

export interface PagerOptions {
  api: Api;
  log?: Logger;
  /** The person behind a Telegram id if they are a maker right now, else null. */
  makerOf(telegram_id: number): Promise<string | null>;
  /** The language for the person behind a Telegram id, whose phone speaks `tag`. */
  localeFor(telegram_id: number, tag: string | null): Promise<Locale>;
  gallery(maker: string, page: number, active: boolean, query: string): Promise<ShownPage>;
}

/** A tap that `readUpdate` found to be a pager's. */
export interface Turn {
  telegram_id: number;
  /** An IETF tag, as the person's phone is set. */
  language: string | null;
  chat: number;
  query_id: string;
  /** The list; null where Telegram does not show it to the bot any more. */
  message_id: number | null;
  pager: PagerTap;
}

export interface Pager {
  /** Never throws: what fails is logged, and the next tap tries again. */
  turn(turn: Turn, signal: AbortSignal): Promise<void>;
}

export function openPager(options: PagerOptions): Pager {
  const { api, log = logOf("telegram") } = options;

  async function answer(query: string, text: string | null, signal: AbortSignal): Promise<void> {
    await api.raw.answerCallbackQuery({
      callback_query_id: query,
      ...text !== null && { text },
    }, callSignal(signal));
  }

  async function show(
    { chat, message_id, pager }: Turn,
    maker: string,
    locale: Locale,
    signal: AbortSignal,
  ) {
    if (message_id === null) return;
    const page = await options.gallery(maker, pager.page, pager.active, pager.query);
    const { html, keyboard } = listOf(catalogues[locale], page, pager);
    await api.raw.editMessageText({
      chat_id: chat,
      message_id,
      text: html,
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
      ...markupOf(keyboard),
    }, callSignal(signal));
  }

  /** Does it; a failure is a line in the log, unless it is normal. */
  async function guarded(what: string, work: () => Promise<void>, signal: AbortSignal) {
    try {
      await work();
    } catch (error) {
      const failure = failureOf(error);
      if (signal.aborted || failure?.is === "normal") return;
      const words = failure?.words ?? (error instanceof Error ? error.message : "unknown");
      log.warn("Cannot {what}: {words}", { what, words });
    }
  }

  return {
    turn: (turn, signal) =>
      guarded("turn a page", async () => {
        const [maker, locale] = await Promise.all([
          options.makerOf(turn.telegram_id),
          options.localeFor(turn.telegram_id, turn.language),
        ]);
        const note = maker === null ? catalogues[locale].notes.makers_only : null;
        await Promise.all([
          guarded("answer a tap", () => answer(turn.query_id, note, signal), signal),
          maker === null ? undefined : show(turn, maker, locale, signal),
        ]);
      }, signal),
  };
}
