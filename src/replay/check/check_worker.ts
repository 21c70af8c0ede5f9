/// <reference lib="deno.worker" />
/** Checks one part of a log on a thread of its own. */
import type { Divergence } from "./divergence.ts";
import { charts } from "../../../machines/charts.ts";
import { openDatabase } from "../../store/open_database.ts";
import { checkLog, type CheckReport } from "./check_log.ts";
import type { Part } from "./check_parts.ts";
import { readFoldedPages } from "../log/read_pages.ts";

/** What to check, and where. */
export interface ToChecker {
  url: string;
  part: Part;
}

export type FromChecker =
  | { is: "progress"; facts: number }
  | { is: "divergence"; divergence: Divergence }
  | { is: "report"; report: CheckReport }
  | { is: "failed"; name: string; message: string };

const post = (message: FromChecker): void => self.postMessage(message);

self.onmessage = ({ data }: MessageEvent<ToChecker>) => {
  check(data).then(
    (report) => post({ is: "report", report }),
    (error) => {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      post({ is: "failed", name, message });
    },
  );
};

async function check({ url, part }: ToChecker): Promise<CheckReport> {
  const { sql, close } = await openDatabase({ url }, { read_only: true, max: 1 });
  try {
    return await checkLog(readFoldedPages(sql, part), {
      charts,
      onProgress: (facts) => post({ is: "progress", facts }),
      onDivergence: (divergence) => post({ is: "divergence", divergence }),
    });
  } finally {
    await close();
  }
}
