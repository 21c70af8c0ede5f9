/// <reference lib="deno.worker" />
/** Draws labels, away from the thread that answers people. */
import { drawSheets, type Label } from "./draw_sheets.ts";

// A rejection stays unhandled on purpose: it ends the worker and reaches its `onerror`.
addEventListener("message", async (event) => {
  if (!(event instanceof MessageEvent)) return;
  const labels: readonly Label[] = event.data;
  const pdf = await drawSheets(labels);
  self.postMessage(pdf, [pdf.buffer]);
});
