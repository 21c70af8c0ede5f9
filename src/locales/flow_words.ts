/** What a flow says in one language, by the keys that its chart names: a key without words is a type error. */
import type { Flow } from "../../machines/flow/define_flow.ts";
import type { ValuesOf, WordKeys } from "../../machines/flow/words.ts";

/** A flow's words, as every flow has them. Texts are Telegram HTML, and what goes in comes escaped. */
export interface FlowWords {
  readonly texts?: Readonly<Record<string, (values: never) => string>>;
  /** Plain notes over the chat, up to 200 characters. */
  readonly notes?: Readonly<Record<string, string>>;
  readonly labels?: Readonly<Record<string, string>>;
  /** What would fit, by what a state expects. */
  readonly hints?: Readonly<Record<string, string>>;
  /** What is wrong with an input of the right kind, by the reason; or by "expected:reason". */
  readonly refusals?: Readonly<Record<string, string>>;
  /** What each of its commands does, for Telegram's menu. */
  readonly commands?: Readonly<Record<string, string>>;
}

/** The words that this flow must have, in each language. */
export type WordsOf<F extends Pick<Flow, "words" | "commands">> =
  & (F extends { words: infer Keys extends WordKeys } ? KeyedWords<Keys> : unknown)
  & (F extends { commands: infer Commands } ? Group<"commands", keyof Commands> : unknown);

type KeyedWords<Keys extends WordKeys> =
  & {
    readonly texts: {
      readonly [Key in keyof Keys["texts"]]: (values: ValuesOf<Keys["texts"][Key]>) => string;
    };
  }
  & Group<"notes", Keys["notes"][number]>
  & Group<"labels", Keys["labels"][number]>
  & Group<"hints", Keys["expects"][number]>
  & Group<"refusals", Keys["refusals"][number]>;

/** A group of words by their keys; none at all where there are no keys. */
type Group<Name extends string, Key extends PropertyKey> = [Key] extends [never] ? unknown
  : { readonly [name in Name]: Readonly<Record<Key, string>> };
