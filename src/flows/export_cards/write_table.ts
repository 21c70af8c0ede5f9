import { openThread } from "../../base/thread.ts";
import { paperInTurn } from "../../cards/paper_turns.ts";
import type { TableToWrite } from "./table_rows.ts";
import type { TableAnswer, TableQuestion } from "./table_worker.ts";
import type { CardRow, ScanRow } from "./tables.ts";

/** A page of rows takes a tenth of a second. */
const LIMIT_MS = 30_000;

export interface WriteOptions {
  /** Gives up. */
  signal?: AbortSignal;
  /** How long a page may take; for tests. */
  limit_ms?: number;
}

/**
 * A workbook of these rows. It is written in a thread that ends with this call; throws `ThreadOver`
 * where that breaks or takes too long.
 */
export function writeTable(
  told: TableToWrite,
  pages: AsyncIterable<readonly CardRow[] | readonly ScanRow[]>,
  { signal, limit_ms = LIMIT_MS }: WriteOptions = {},
): Promise<Uint8Array> {
  return paperInTurn(async () => {
    using thread = openThread<TableQuestion, TableAnswer>(
      new URL("./table_worker.ts", import.meta.url),
      { name: "table", ...signal && { signal } },
    );
    await thread.ask(told, { limit_ms });
    for await (const rows of pages) await thread.ask(rows, { limit_ms });
    const file = await thread.ask(null, { limit_ms });
    if (file === "more") {
      throw new Error("Cannot write a table: its thread wants rows after the last");
    }
    return file;
  });
}
