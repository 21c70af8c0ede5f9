/** The dice that Telegram throws, and how many sides each has. */
import type { Dice } from "grammy/types";

const sides: Readonly<Record<string, number>> = {
  "🎲": 6,
  "🎯": 6,
  "🎳": 6,
  "🏀": 5,
  "⚽": 5,
  "🎰": 64,
};

/** Throws it; undefined when this is no dice. */
export function diceOf(emoji: string): Dice | undefined {
  const count = sides[emoji];
  if (count === undefined) return undefined;
  const [chance = 0] = crypto.getRandomValues(new Uint32Array(1));
  return { emoji, value: 1 + chance % count };
}
