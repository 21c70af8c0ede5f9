/** The read-only lane for inline queries: answered for any chat, at once, without a word in the log. */
import type { Api } from "grammy";
import type { InlineQueryResult } from "grammy/types";
import type { Locale } from "../locales/locales.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";
import { markupOf } from "./keyboard.ts";
import { mediaRefusalOf } from "./media_refusal.ts";
import type { Keyboard } from "./bot_call.ts";
import type { Logger } from "./sources.ts";
import type { LanguageContext, RenderContexts } from "./render_context.ts";

/** Somebody typed the bot's name and these words. */
export interface InlineAsk {
  query_id: string;
  telegram_id: number;
  /** An IETF tag, as the person's phone is set. */
  language: string | null;
  words: string;
  /** How many were offered before. */
  offset: number;
}

/** What is looked for; `person` is null for somebody whom the bot has never met. */
export interface InlineSearch {
  person: string | null;
  words: string;
  offset: number;
}

/** Something that a person may send into any chat. */
export interface Offer {
  id: string;
  /** Plain, as the description: what is seen before it is chosen. */
  title: string;
  description: string;
  /** What is sent. */
  html: string;
  keyboard: Keyboard;
  /** The name by which Telegram has a photo to send along; null where there is none. */
  file_id: string | null;
}

/** What there is to offer, a page of it; none at all past the end. */
export type FindOffers = (
  context: LanguageContext,
  search: InlineSearch,
) => Promise<readonly Offer[]>;

export interface InlineOptions {
  api: Api;
  renderContexts: RenderContexts;
  /** The person behind a Telegram id; null for somebody whom the bot has never met. */
  personOf(telegram_id: number): Promise<string | null>;
  localeFor(telegram_id: number, tag: string | null): Promise<Locale>;
  find: FindOffers;
  log?: Logger;
  signal: AbortSignal;
}

export interface Inline {
  /** Answers in the background; never throws, and nobody waits for it. */
  ask(ask: InlineAsk): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** For so long Telegram answers the same words of the same person by itself. */
const CACHE_SECONDS = 30;

export function openInline(options: InlineOptions): Inline {
  const { api, renderContexts, log = logOf("telegram"), signal } = options;
  const working = new Set<Promise<void>>();

  async function answer(ask: InlineAsk): Promise<void> {
    const { query_id, telegram_id, language, words, offset } = ask;
    const [person, locale] = await Promise.all([
      options.personOf(telegram_id),
      options.localeFor(telegram_id, language),
    ]);
    const offers = await options.find(renderContexts.inLanguage(locale), { person, words, offset });
    const send = async (offered: readonly Offer[]) => {
      await api.raw.answerInlineQuery({
        inline_query_id: query_id,
        results: offered.map(resultOf),
        next_offset: offers.length === 0 ? "" : String(offset + offers.length),
        // What a person has seen is theirs.
        is_personal: true,
        cache_time: CACHE_SECONDS,
      }, callSignal(signal));
    };
    try {
      await send(offers);
    } catch (error) {
      const isPhoto = mediaRefusalOf(error) !== null;
      if (!isPhoto || offers.every(({ file_id }) => file_id === null)) throw error;
      // Telegram takes all or nothing, and may have lost a photo: better without than not at all.
      await send(offers.map((offer) => ({ ...offer, file_id: null })));
    }
  }

  async function guarded(ask: InlineAsk): Promise<void> {
    try {
      await answer(ask);
    } catch (error) {
      const failure = failureOf(error);
      if (signal.aborted || failure?.is === "normal") return;
      const words = failure?.words ?? (error instanceof Error ? error.message : "unknown");
      log.warn("Cannot answer an inline query: {words}", { words });
    }
  }

  return {
    ask(ask) {
      const work = guarded(ask).finally(() => working.delete(work));
      working.add(work);
    },
    async idle() {
      while (working.size > 0) await Promise.all(working);
    },
  };
}

/** With its photo where Telegram has it. */
function resultOf({ file_id, html, keyboard, ...offer }: Offer): InlineQueryResult {
  const { id, title, description } = offer;
  const shown = { id, title, description, ...markupOf(keyboard) };
  if (file_id !== null) {
    return {
      ...{ ...shown, type: "photo", photo_file_id: file_id },
      ...{ caption: html, parse_mode: "HTML" },
    };
  }
  return {
    ...{ ...shown, type: "article" },
    input_message_content: {
      ...{ message_text: html, parse_mode: "HTML" },
      link_preview_options: { is_disabled: true },
    },
  };
}
