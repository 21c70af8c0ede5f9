/** What a flow says in one language, by the keys that its chart names: a key without words is a type error. */
import type { kitWords } from "../../machines/flow/kit_words.ts";
import type { Flow } from "../../machines/flow/flow.ts";
import type { ValuesOf, WordKeys } from "../../machines/flow/words.ts";

/** A flow's words, as every flow has them. Texts are Telegram HTML, and what goes in comes escaped. */
export interface FlowWords {
  readonly texts?: Readonly<Record<string, (values: never) => string>>;
  /** Plain notes over the chat, up to 200 characters. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** What would fit, by what a state expects. */
  readonly hints?: Readonly<Record<string, string>>;
  /**
   * What is wrong with an input of the right kind, by the reason; or, where the flow says it in
   * words of its own, by "expected:reason" or "expected:kind".
   */
  readonly refusals?: Readonly<Record<string, RefusalWords>>;
  /** What each of its commands does, for Telegram's menu. */
  readonly commands?: Readonly<Record<string, string>>;
  /** What the bot is, where people meet it; one flow says it. */
  readonly about?: BotDescription;
}

/** What is wrong, before the hint; "" where nothing is. `alone` says all there is to say. */
export type RefusalWords = string | { readonly alone: string };

/** What the bot says of itself; plain. */
export interface BotDescription {
  /** What an empty chat shows above the start button, up to 512 characters. */
  readonly description: string;
  /** What the bot's profile shows, up to 120 characters. */
  readonly short_description: string;
}

/** The words that this flow must have, in each language. */
export type WordsOf<F extends Pick<Flow, "words" | "commands">> =
  & (F extends { words: infer Keys extends WordKeys } ? KeyedWords<Keys> : unknown)
  & (F extends { commands: infer Commands } ? Group<"commands", keyof Commands> : unknown);

/** The same with whatever else the flow says: captions, tables and the like. */
export type AtLeastWordsOf<F extends Pick<Flow, "words" | "commands">> =
  & WordsOf<F>
  & Readonly<Record<string, unknown>>;

/** The text that is made of the hints and refusals of every flow. */
export const REFUSED_INPUT = "input_refused" satisfies keyof typeof kitWords.texts;

type KeyedWords<Keys extends WordKeys> =
  & TextGroup<Omit<Keys["texts"], typeof REFUSED_INPUT>>
  & Group<"notes", Keys["notes"][number]>
  & Group<"labels", Keys["labels"][number]>
  & Group<"hints", Keys["expects"][number]>
  & RefusalGroup<Keys["refusals"][number]>;

type TextGroup<Texts extends WordKeys["texts"]> = [keyof Texts] extends [never] ? unknown : {
  readonly texts: {
    readonly [Key in keyof Texts]: (values: ValuesOf<Texts[Key]>) => string;
  };
};

/** By their reasons, with whatever has words of its own. */
type RefusalGroup<Reason extends string> = [Reason] extends [never] ? unknown : {
  readonly refusals:
    & Readonly<Record<Reason, RefusalWords>>
    & Readonly<Record<`${string}:${string}`, RefusalWords>>;
};

/** A group of words by their keys; none at all where there are no keys. */
type Group<Name extends string, Key extends PropertyKey> = [Key] extends [never] ? unknown
  : { readonly [name in Name]: Readonly<Record<Key, string>> };
