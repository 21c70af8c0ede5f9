/** The reactions that Telegram offers to everybody. */
import type { ReactionTypeEmoji } from "grammy/types";
import { checkObject } from "./validate.ts";

/** Whether Telegram lets people react with it. */
export function isReactionEmoji(emoji: unknown): emoji is ReactionTypeEmoji["emoji"] {
  return checkObject("ReactionTypeEmojiEmoji", emoji).length === 0;
}
