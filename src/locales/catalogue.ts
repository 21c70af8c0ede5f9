/** Values of a text; strings among them come escaped. */
export type Values = Readonly<Record<string, string | number | null>>;

/** All that the bot says in one language by keys, folded from the words of every flow. */
export interface Catalogue {
  /** Telegram HTML. Throws `UnknownWords` for a key that no flow has, or values that do not fit. */
  text(key: string, values: Values): string;
  /** Plain, over the chat. Throws `UnknownWords`. */
  note(key: string): string;
  /** Plain, on a button. Throws `UnknownWords`. */
  label(key: string): string;
  /** For Telegram's menu, by their places: a maker's has makers' before everybody's. */
  readonly commands: {
    readonly everybody: readonly Command[];
    readonly makers: readonly Command[];
  };
  /** What an empty chat shows above the start button, up to 512 characters. */
  readonly description: string;
  /** What the bot's profile shows, up to 120 characters. */
  readonly short_description: string;
  /** Writes a time in ms, as the clocks of `time_zone` show it. Throws a RangeError at no zone. */
  clock(time_zone: string): (at: number) => string;
}

/** One command of Telegram's menu. */
export interface Command {
  command: string;
  description: string;
}

/** Thrown for a key that no flow has words for: a mistake of ours. */
export class UnknownWords extends Error {
  override name = "UnknownWords";
}
