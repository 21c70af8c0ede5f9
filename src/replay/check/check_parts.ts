/**
 * A log checked in parts, each on a thread and a connection of its own: folding takes most of the
 * time, and one thread keeps one processor busy.
 */
import type { Divergence } from "./divergence.ts";
import type postgres from "postgres";
import { throwStoreError } from "../../store/store_unavailable.ts";
import { checkLog, type CheckOptions, type CheckReport, DIVERGENCES_KEPT } from "./check_log.ts";
import { readFoldedPages } from "../log/read_pages.ts";

/** The facts up to position `upto` of the streams after `after` and up to `last`; null: no bound. */
export interface Part {
  after: string | null;
  last: string | null;
  upto: number;
}

/** Callbacks of the checker of a part. */
export type CheckHooks = Required<Omit<CheckOptions, "charts">>;

/** Checks a part on another thread; stops where `signal` says so. */
export type CheckInThread = (
  part: Part,
  told: CheckHooks,
  signal: AbortSignal,
) => Promise<CheckReport>;

export interface PartsOptions extends CheckOptions {
  /** Facts up to this position … */
  upto: number;
  /** … which are about so many. */
  facts: number;
  /** Who helps. */
  aside: readonly CheckInThread[];
}

/** Facts for which another thread is worth its start. */
const WORTH_IT = 10_000;

/** Divergences of a part that wait for the parts before it; beyond, order is given up. */
const HELD_MAX = 1_000;

/** Checks all streams, one part here and one with each who helps; tells in the order of streams. */
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
  const turns = takeTurns(parts.length, (divergence) => onDivergence?.(divergence));
  const works = parts.map(async (part, i) => {
    const told: CheckHooks = {
      onProgress(facts) {
        stop.signal.throwIfAborted();
        done[i] = facts;
        onProgress?.(done.reduce((sum, n) => sum + n));
      },
      onDivergence: (divergence) => turns.found(i, divergence),
    };
    const helper = aside[i - 1];
    const report = helper
      ? await helper(part, told, stop.signal)
      : await checkLog(readFoldedPages(sql, part), { charts, ...told });
    turns.ended(i);
    return report;
  });
  try {
    return (await Promise.all(works)).reduce(together);
  } finally {
    stop.abort();
    await Promise.allSettled(works);
  }
}

/** Parts follow each other as streams do: what a later one finds waits until those before it end. */
function takeTurns(parts: number, tell: (divergence: Divergence) => void) {
  const held: Divergence[][] = Array.from({ length: parts }, () => []);
  const ended = new Set<number>();
  let turn = 0;
  return {
    found(part: number, divergence: Divergence): void {
      const waits = held[part];
      if (part === turn || !waits || waits.length === HELD_MAX) tell(divergence);
      else waits.push(divergence);
    },
    ended(part: number): void {
      ended.add(part);
      while (ended.has(turn)) held[++turn]?.splice(0).forEach(tell);
    },
  };
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
