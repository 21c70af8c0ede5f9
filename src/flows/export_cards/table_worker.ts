/// <reference lib="deno.worker" />
/** Writes a table, away from the thread that answers people. */
import { type TableToWrite, writeRows } from "./table_rows.ts";
import type { CardRow, ScanRow } from "./tables.ts";

/** What it is told: first which table, then rows, then null after the last. */
export type TableQuestion = TableToWrite | Rows | null;
/** The file; before that, whether it wants rows. */
export type TableAnswer = "more" | Uint8Array<ArrayBuffer>;

type Rows = readonly CardRow[] | readonly ScanRow[];

// A rejection stays unhandled on purpose: it ends the worker and reaches its `onerror`.
addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  const told: TableToWrite = event.data;
  const file = await writeRows(told, pages());
  self.postMessage(file, [file.buffer]);
}, { once: true });

async function* pages(): AsyncGenerator<Rows> {
  for (let rows = await more(); rows !== null; rows = await more()) yield rows;
}

function more(): Promise<Rows | null> {
  const { promise, resolve } = Promise.withResolvers<Rows | null>();
  addEventListener("message", (event) => {
    if (event instanceof MessageEvent) resolve(event.data);
  }, { once: true });
  const answer: TableAnswer = "more";
  self.postMessage(answer);
  return promise;
}
