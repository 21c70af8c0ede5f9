import { hearingTables } from "./hearing.ts";
import { messageTable } from "./messages.ts";
import { refusalTable } from "./refusals.ts";
import { buttonTable, wordTable } from "./words.ts";

/** Every pinned table as text, by the name of its file. */
export async function pinnedTables(): Promise<Readonly<Record<string, string>>> {
  return {
    ...hearingTables(),
    buttons: buttonTable(),
    words: wordTable(),
    refusals: refusalTable(),
    messages: await messageTable(),
  };
}
