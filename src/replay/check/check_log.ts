/**
 * The check before a deploy: would this program decide today what was decided then? Every fact is
 * folded again by the chart that wrote it, and by today's where that is another; what they come to
 * is compared with the effects and the state that were stored.
 */
import type { Charts } from "../../../machines/flow/chart.ts";
import { type Checker, openChecker } from "./check_fact.ts";
import type { Divergence } from "./divergence.ts";
import type { FoldedRow } from "../log/folded_row.ts";
import type { Pages } from "../log/read_pages.ts";

/** How today's chart would have decided what an older chart wrote. */
export interface OtherChartReport {
  /** Streams, or beginnings of streams, that another chart wrote. */
  streams: number;
  /** Of those: where today's chart would name other effects or refuse a fact. */
  differ: number;
  /** The first of them: "dialogue:… version 3 (HelpAsked)". */
  example: string | null;
}

export interface CheckReport {
  facts: number;
  streams: number;
  /** Streams that diverge, and the first of them. */
  diverged: number;
  divergences: readonly Divergence[];
  elsewhere: OtherChartReport;
}

export interface CheckOptions {
  charts: Charts;
  /** Told after every page, in facts. */
  onProgress?: (done: number) => void;
  onDivergence?: (divergence: Divergence) => void;
}

export const DIVERGENCES_KEPT = 100;

/** Checks all that `pages` bring, stream by stream, in constant memory. */
export async function checkLog(
  pages: Pages<FoldedRow>,
  { charts, onProgress, onDivergence }: CheckOptions,
): Promise<CheckReport> {
  const divergences: Divergence[] = [];
  const found = { facts: 0, streams: 0, diverged: 0 };
  const elsewhere: OtherChartReport = { streams: 0, differ: 0, example: null };
  const add = (divergence: Divergence | null) => {
    if (!divergence) return;
    found.diverged++;
    if (divergences.length < DIVERGENCES_KEPT) divergences.push(divergence);
    onDivergence?.(divergence);
  };
  const checker = openChecker(charts);
  let stream: string | null = null;
  for await (const rows of pages) {
    for (const row of rows) {
      if (row.stream !== stream) {
        if (stream !== null) finish(checker, elsewhere, add);
        stream = row.stream;
        found.streams++;
      }
      add(checker.check(row));
    }
    found.facts += rows.length;
    onProgress?.(found.facts);
  }
  if (stream !== null) finish(checker, elsewhere, add);
  return { ...found, divergences, elsewhere };
}

function finish(
  checker: Checker,
  elsewhere: OtherChartReport,
  add: (divergence: Divergence | null) => void,
): void {
  const { divergence, today } = checker.finish();
  add(divergence);
  if (!today) return;
  elsewhere.streams++;
  if (today.differs === null) return;
  elsewhere.differ++;
  elsewhere.example ??= today.differs;
}
