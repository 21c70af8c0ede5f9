/** What went between the bot and this server, as it is remembered. */
import type { Update } from "grammy/types";

/**
 * One Bot API call; uploaded files appear in `params` under their names in the body, as
 * `{file_name, mime_type, size}`.
 */
export interface ApiCall {
  /** Counts calls and updates together. */
  n: number;
  /** Milliseconds since 1970 on the emulator's clock. */
  at: number;
  method: string;
  params: Record<string, unknown>;
  ok: boolean;
  error_code?: number;
  description?: string;
  /** As it was answered; of polls it is left out. */
  result?: unknown;
  /** What it said that the field table does not know. */
  violations: string[];
  /** What it is about; `queries` are callback and inline queries. */
  chats: number[];
  messages: number[];
  queries: string[];
}

/** How far an update has come on its way to the bot. */
export type UpdateState = "unwanted" | "pending" | "delivered" | "confirmed";

/** One update and its state; "unwanted" is not among the bot's `allowed_updates`. */
export interface TracedUpdate {
  n: number;
  at: number;
  update: Update;
  state: UpdateState;
  /** How often the bot was given it. */
  deliveries: number;
  chats: number[];
  messages: number[];
  queries: string[];
}
