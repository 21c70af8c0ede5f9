/** The read-only lane: turns a message in place, at once, without a word in the log. */
import type { Api } from "grammy";
import { logOf } from "../base/log.ts";
import type { Locale } from "../locales/locales.ts";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";
import { markupOf } from "./keyboard.ts";
import type { Keyboard } from "./bot_call.ts";
import type { Logger } from "./sources.ts";
import type { RenderContext, RenderContexts } from "./render_context.ts";

/** A tap that is answered beside the dialogues; `context` is of the dialogue where it was tapped. */
export interface ReadOnlyTap {
  /** Why it is not for this person, a plain note over the chat; null where it is. */
  refuse(context: RenderContext): Promise<string | null>;
  /** What the message under the button says from now on. */
  turn(context: RenderContext): Promise<{ html: string; keyboard: Keyboard }>;
}

/** The tap that a button's data are of; null for data of any other button. */
export type ReadOnlyTaps = (data: string) => ReadOnlyTap | null;

/** Such a tap, and where and by whom the button was tapped. */
export interface Turn {
  person: string;
  /** The dialogue's, which tells what rights hold: in a group, none. */
  stream: string;
  telegram_id: number;
  /** An IETF tag, as the person's phone is set. */
  language: string | null;
  chat: number;
  query_id: string;
  /** Null where Telegram does not show the message to the bot any more. */
  message_id: number | null;
  tap: ReadOnlyTap;
}

export interface ReadOnlyOptions {
  api: Api;
  renderContexts: RenderContexts;
  /** The language for the person behind a Telegram id, whose phone speaks `tag`. */
  localeFor(telegram_id: number, tag: string | null): Promise<Locale>;
  /** Does what reads the database, again where that may help; once unless given. */
  retryWhileUnavailable?: <Result>(work: () => Promise<Result>) => Promise<Result>;
  log?: Logger;
}

export interface ReadOnlyLane {
  /** Never throws: what fails is logged, and the next tap tries again. */
  turn(turn: Turn, signal: AbortSignal): Promise<void>;
}

export function openReadOnlyLane(options: ReadOnlyOptions): ReadOnlyLane {
  const { api, renderContexts, retryWhileUnavailable = (work) => work(), log = logOf("telegram") } =
    options;

  async function answer(query: string, text: string | null, signal: AbortSignal): Promise<void> {
    await api.raw.answerCallbackQuery({
      callback_query_id: query,
      ...text !== null && { text },
    }, callSignal(signal));
  }

  async function show(
    { chat, message_id, tap }: Turn,
    context: RenderContext,
    signal: AbortSignal,
  ) {
    if (message_id === null) return;
    const { html, keyboard } = await retryWhileUnavailable(() => tap.turn(context));
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
        const { person, stream, chat, telegram_id, language } = turn;
        const locale = await retryWhileUnavailable(() => options.localeFor(telegram_id, language));
        const context = renderContexts.forViewer({ person, stream, chat, locale });
        const note = await retryWhileUnavailable(() => turn.tap.refuse(context));
        await Promise.all([
          guarded("answer a tap", () => answer(turn.query_id, note, signal), signal),
          note === null ? show(turn, context, signal) : undefined,
        ]);
      }, signal),
  };
}
