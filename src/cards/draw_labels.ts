import { openThread } from "../base/thread.ts";
import type { Label } from "./draw_sheets.ts";
import { paperInTurn } from "./paper_turns.ts";

/** 500 take three seconds on a slow core. */
const LIMIT_MS = 60_000;

export interface DrawOptions {
  /** Gives up. */
  signal?: AbortSignal;
  /** How long the drawing may take; for tests. */
  limit_ms?: number;
}

/**
 * A PDF with these labels, row by row. It is drawn in a thread that ends with this call, and takes
 * its fonts with it; throws `ThreadOver` where that breaks or takes too long.
 */
export function drawLabels(
  labels: readonly Label[],
  { signal, limit_ms = LIMIT_MS }: DrawOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return paperInTurn(async () => {
    using thread = openThread<readonly Label[], Uint8Array<ArrayBuffer>>(
      new URL("./label_worker.ts", import.meta.url),
      { name: "labels", ...signal && { signal } },
    );
    return await thread.ask(labels, { limit_ms });
  });
}
