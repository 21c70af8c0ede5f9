/** The one bot of this Telegram, and what its makers set. */
import type { BotCommand, BotCommandScope } from "grammy/types";

/** The one bot of this Telegram. */
export interface Bot {
  id: number;
  username: string;
  first_name: string;
  /** False is privacy mode: in groups the bot hears only what is meant for it. */
  can_read_all_group_messages: boolean;
  supports_inline_queries: boolean;
  can_join_groups: boolean;
  /** Whether people may open topics in their chat with it. */
  has_topics_enabled?: boolean;
}

/** What BotFather would have been told. */
export const defaultSettings = {
  can_read_all_group_messages: false,
  supports_inline_queries: true,
  can_join_groups: true,
} as const;

/** A bot that nobody has named yet. */
export function newBot(): Bot {
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  const id = 7_000_000_000 + chance % 1_000_000_000;
  return { id, username: "amanita_local_bot", first_name: "Мухомор", ...defaultSettings };
}

/** The commands that the bot set for one scope and language. */
export interface CommandList {
  scope: BotCommandScope;
  language_code: string;
  commands: BotCommand[];
}
