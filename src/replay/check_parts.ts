/**
 * A log checked in parts, each on a thread and a connection of its own: folding takes most of the
 * time, and one thread keeps one processor busy.
 */
import type postgres from "postgres";
import { throwStoreError } from "../store/store_unavailable.ts";
import { checkLog, type CheckOptions, type CheckReport, DIVERGENCES_KEPT } from "./check_log.ts";
import { readFoldedPages } from "./read_pages.ts";

/** The facts up to position `upto` of the streams after `after` and up to `last`; null: no bound. */
export interface Part {
  after: string | null;
  last: string | null;
  upto: number;
}

/** What the one who checks a part tells meanwhile. */
export type Told = Required<Omit<CheckOptions, "charts">>;

/** Checks a part on another thread; stops where `signal` says so. */
export type CheckAside = (part: Part, told: Told, signal: AbortSignal) => Promise<CheckReport>;

export interface PartsOptions extends CheckOptions {
  /** Facts up to this position … */
  upto: number;
  /** … which are about so many. */
  facts: number;
  /** Who helps. */
  aside: readonly CheckAside[];
}

/** Facts for which another thread is worth its start. */
const WORTH_IT = 10_000;

/**
 * Checks all streams, one part here and one with each who helps. What diverges is told as soon as it
 * is found, which is in the order of streams within each part.
 */
export async function checkParts(
  sql: postgres.Sql,
  { charts, upto, facts, aside, onProgress, onDivergence }: PartsOptions,
): Promise<CheckReport> {
  const bounds = facts < WORTH_IT ? [] : await divide(sql, aside.length + 1);
  const parts = [null, ...bounds].map((after, i): Part => ({
    ...{ after, last: bounds[i] ?? null, upto },
  }));
  const stop = new AbortController();
  const done = parts.map(() => 0);
  const works = parts.map(async (part, i) => {
    const told: Told = {
      onProgress(facts) {
        stop.signal.throwIfAborted();
        done[i] = facts;
        onProgress?.(done.reduce((sum, n) => sum + n));
      },
      onDivergence: (divergence) => onDivergence?.(divergence),
    };
    const helper = aside[i - 1];
    return helper
      ? await helper(part, told, stop.signal)
      : await checkLog(readFoldedPages(sql, part), { charts, ...told });
  });
  try {
    return (await Promise.all(works)).reduce(together);
  } finally {
    stop.abort();
    await Promise.allSettled(works);
  }
}

/** The streams that divide all streams into so many parts of one size. */
async function divide(sql: postgres.Sql, parts: number): Promise<string[]> {
  const shares = Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts);
  if (shares.length === 0) return [];
  const [row] = await sql<{ bounds: string[] | null }[]>`
    select percentile_disc(${shares}::float8[]) within group (order by stream) as bounds
    from streams`.catch(throwStoreError);
  return row?.bounds ?? [];
}

function together(a: CheckReport, b: CheckReport): CheckReport {
  return {
    facts: a.facts + b.facts,
    streams: a.streams + b.streams,
    diverged: a.diverged + b.diverged,
    divergences: [...a.divergences, ...b.divergences].slice(0, DIVERGENCES_KEPT),
    elsewhere: {
      streams: a.elsewhere.streams + b.elsewhere.streams,
      differ: a.elsewhere.differ + b.elsewhere.differ,
      example: a.elsewhere.example ?? b.elsewhere.example,
    },
  };
}
