/**
 * What a button carries, as Telegram carries it: `1:issue`, `1:look:12`. Buttons live as long as
 * their messages, so a released shape stays readable; the number is its version.
 */
import { z } from "zod";
import type { ButtonDefinition } from "../../machines/flow/button.ts";
import type { Action } from "../../machines/flow/input.ts";
import { Unrenderable } from "./bot_call.ts";

export interface Codec {
  /** Up to 64 bytes of ASCII. Throws `Unrenderable` for an action of no button. */
  encode(action: Action): string;
  /** The action that these data are of; null for anything that no button of ours carries. */
  decode(data: string): Action | null;
}

const VERSION = "1";
const DATA_BYTES_MAX = 64;

/** A codec for these buttons; throws a TypeError that names one which it cannot carry. */
export function openCodec(buttons: readonly ButtonDefinition[]): Codec {
  const byName = new Map<string, ButtonDefinition>();
  for (const button of buttons) {
    if (byName.has(button.name)) {
      throw new TypeError(`Cannot carry two buttons called ${button.name}`);
    }
    checkFits(button);
    byName.set(button.name, button);
  }

  function encode(action: Action): string {
    const button = byName.get(action.do);
    const data = button?.read({ kind: "tap", action });
    if (!button || !data) {
      throw new Unrenderable(`Cannot carry ${action.do}: there is no such button with such data`);
    }
    return [VERSION, button.name, ...Object.keys(button.fields).map((name) => data[name])]
      .join(":");
  }

  return {
    encode,
    decode(data) {
      if (data.length > DATA_BYTES_MAX) return null;
      const [, name = "", ...words] = data.split(":");
      const button = byName.get(name);
      const fields = Object.entries(button?.fields ?? {});
      if (!button || words.length !== fields.length) return null;
      const read = fields.map(([field, schema], i) => [field, readWord(schema, words[i] ?? "")]);
      const action: Action = { do: name, ...Object.fromEntries(read) };
      // One spelling each: "1:look:0012" is none of ours.
      return button.read({ kind: "tap", action }) && encode(action) === data ? action : null;
    },
  };
}

const readWord = (schema: z.ZodType, word: string): string | number =>
  schema instanceof z.ZodNumber ? Number(word) : word;

function checkFits({ name, fields }: ButtonDefinition): void {
  const longest = Object.entries(fields).map(([field, schema]) => {
    const words = longestWords(schema);
    if (words?.every((word) => PLAIN.test(word))) return words;
    throw new TypeError(`Cannot carry the button ${name}: its ${field} would not come back`);
  });
  const length = [VERSION, name, ...longest.map((words) => words.map((it) => it.length))]
    .reduce((sum, it) => sum + 1 + (typeof it === "string" ? it.length : Math.max(...it)), -1);
  if (PLAIN.test(name) && length <= DATA_BYTES_MAX) return;
  throw new TypeError(
    `Cannot carry the button ${name}: its data may be of ${length} characters, ` +
      `and ${DATA_BYTES_MAX} of ASCII are the most`,
  );
}

/** What stands between colons. */
const PLAIN = /^[\x21-\x39\x3b-\x7e]+$/;

/** Among them is the longest word that fits the schema; null where words are not known to. */
function longestWords(schema: z.ZodType): string[] | null {
  if (schema instanceof z.ZodUUID) return [crypto.randomUUID()];
  if (schema instanceof z.ZodEnum) return schema.options.map(String);
  if (schema instanceof z.ZodNumber && schema.isInt) {
    const { minValue, maxValue } = schema;
    return [
      String(Math.max(minValue ?? -Infinity, Number.MIN_SAFE_INTEGER)),
      String(Math.min(maxValue ?? Infinity, Number.MAX_SAFE_INTEGER)),
    ];
  }
  return null;
}
