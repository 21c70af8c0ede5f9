import { chartTables } from "./hear_results.ts";
import { messageTable } from "./messages.ts";
import { refusalTable } from "./refusals.ts";
import { buttonTable, wordTable } from "./words.ts";

/** Every pinned table as text, by the name of its file. */
export async function pinnedTables(): Promise<Readonly<Record<string, string>>> {
  return {
    ...chartTables(),
    buttons: buttonTable(),
    words: wordTable(),
    refusals: refusalTable(),
    messages: await messageTable(),
  };
}
