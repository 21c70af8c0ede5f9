import type { Catalogue } from "../locales/ru.ts";
import type { Sources } from "./sources.ts";

/** What every part of rendering works with. */
export interface Stage {
  sources: Sources;
  catalogue: Catalogue;
  /** The bot's, for its links. */
  username: string;
  /** Writes a time in ms for people. */
  clock: (at: number) => string;
}
