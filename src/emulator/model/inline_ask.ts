/** A question that a person typed after the bot's name, and what the bot offered. */
import type { InlineQueryResult, InlineQueryResultsButton } from "grammy/types";

/** An inline query that somebody typed. */
export interface InlineAsk {
  id: string;
  person: number;
  /** Where the person typed it. */
  chat: number;
  query: string;
  offset: string;
  /** Milliseconds on the emulator's clock. */
  at: number;
  answer?: InlineAnswer;
}

/** What the bot offered. */
export interface InlineAnswer {
  results: InlineQueryResult[];
  /** "" when there is no more. */
  next_offset: string;
  button?: InlineQueryResultsButton;
}

/** Where a message is that was sent through the bot. */
export interface MessagePlace {
  chat: number;
  message_id: number;
}
