/** The read-only lane for inline queries: cards for any chat, at once, without a word in the log. */
import type { Api } from "grammy";
import type { InlineQueryResult } from "grammy/types";
import type { Locale } from "../locales/locales.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { makerName, openUrl } from "./face.ts";
import { failureOf } from "./failure.ts";
import { escapeHtml } from "../base/escape_html.ts";
import { withoutMarks } from "./render_list.ts";
import type { FoundCard, Logger } from "./sources.ts";
import type { Stage, Stages } from "./stage.ts";

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

export interface InlineOptions {
  api: Api;
  stages: Stages;
  /** The person behind a Telegram id; null for somebody whom the bot has never met. */
  personOf(telegram_id: number): Promise<string | null>;
  localeFor(telegram_id: number, tag: string | null): Promise<Locale>;
  find(
    search: { person: string | null; words: string; offset: number },
  ): Promise<readonly FoundCard[]>;
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
  const { api, stages, log = logOf("telegram"), signal } = options;
  const working = new Set<Promise<void>>();

  async function answer(ask: InlineAsk): Promise<void> {
    const { query_id, telegram_id, language, words, offset } = ask;
    const [person, locale] = await Promise.all([
      options.personOf(telegram_id),
      options.localeFor(telegram_id, language),
    ]);
    const stage = stages.of(locale);
    const cards = await options.find({ person, words, offset });
    const send = async (offered: readonly FoundCard[]) => {
      const results = await Promise.all(offered.map((card) => resultOf(stage, card)));
      await api.raw.answerInlineQuery({
        inline_query_id: query_id,
        results,
        next_offset: cards.length === 0 ? "" : String(offset + cards.length),
        // What a person has seen is theirs.
        is_personal: true,
        cache_time: CACHE_SECONDS,
      }, callSignal(signal));
    };
    try {
      await send(cards);
    } catch (error) {
      const failure = failureOf(error)?.is;
      const isPhoto = failure === "stale_file" || failure === "defect";
      if (!isPhoto || cards.every(({ file_id }) => file_id === null)) throw error;
      // Telegram takes all or nothing, and may have lost a photo: better without than not at all.
      await send(cards.map((card) => ({ ...card, file_id: null })));
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

/** A card with its photo where Telegram has it, and the button that opens it; never with its code. */
async function resultOf(stage: Stage, card: FoundCard): Promise<InlineQueryResult> {
  const { catalogue: { captions, labels } } = stage;
  const { number, active } = card;
  const name = withoutMarks(card.name);
  const maker = await makerName(stage, card.maker);
  const html = captions.offered({
    ...{ number, name: escapeHtml(card.name), active },
    maker: maker === null ? null : escapeHtml(maker),
  });
  const shown = {
    id: `card:${number}`,
    title: name,
    description: captions.offer({ number, maker }),
    reply_markup: {
      inline_keyboard: [[{ text: labels.open, url: openUrl(stage, number) }]],
    },
  };
  if (card.file_id !== null) {
    return {
      ...{ ...shown, type: "photo", photo_file_id: card.file_id },
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
