import type { Json } from "../../src/base/json.ts";
import type { Snapshot } from "../../src/runtime/step.ts";

/** From here on a list is long, whatever is in it; before, one is as good as more. */
export const MANY = 10;
const FEW = 1;
/** Numbers below are counted, others are not told apart; from a second on they are times. */
const COUNTED = 7;
const SECOND_MS = 1000;

/** Which message said what; walks have numbers in all messages of a wizard. */
const MESSAGES = new Set(["answered", "checked", "told", "message"]);

/**
 * What is remembered beside the flow that somebody is in, each for itself: a batch that is minted,
 * codes that are checked, what was asked. Where one stands has no bearing on the others.
 */
const BESIDE: readonly (readonly string[])[] = [
  ["minting"],
  ["misses", "reading", "several"],
  ["asked", "presented"],
];

/**
 * A state without what makes no difference: words that people sent, times, which call it is. One
 * outline for the flow and one for each thing beside it: all of them together would be told apart
 * a hundred times as often, and by nothing that the chart looks at.
 */
export function outlinesOf({ value, context }: Snapshot): Json[] {
  const beside = BESIDE.map((keys) => [value, "beside", outline(chosen(context, keys, true))]);
  return [[value, outline(chosen(context, BESIDE.flat(), false))], ...beside];
}

/** The fields of these names, or all others. */
function chosen(context: object, keys: readonly string[], among: boolean): object {
  return Object.fromEntries(
    Object.entries(context).filter(([key]) => keys.includes(key) === among),
  );
}

function outline(value: unknown): Json {
  if (Array.isArray(value)) {
    return value.length >= MANY ? "many" : value.slice(0, FEW).map(outline);
  }
  if (typeof value === "object" && value !== null) {
    // What was never written and what was written and forgotten are the same.
    const entries = Object.entries(value).filter(([key, it]) =>
      it !== null && it !== undefined && !MESSAGES.has(key)
    );
    return Object.fromEntries(entries.map(([key, it]) => [key, outlineBy(key, it)]).toSorted());
  }
  if (typeof value === "number") return outlineOfNumber(value);
  if (typeof value === "string") return isWord(value) ? value : "text";
  return typeof value === "boolean" ? value : null;
}

/** Codes that came together: how many are left makes a difference. */
const outlineBy = (key: string, value: unknown): Json =>
  key === "several" && Array.isArray(value) ? value.length : outline(value);

function outlineOfNumber(value: number): Json {
  if (value < COUNTED) return value;
  return value < SECOND_MS ? "number" : "time";
}

/** One of the program's own, such as the name of a step; no digest either. */
function isWord(text: string): boolean {
  return /^[a-z_]{1,40}$/.test(text);
}
