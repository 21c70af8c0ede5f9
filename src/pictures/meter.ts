/** What the pictures count. */

/**
 * hit: answered from disk; miss: not there; coalesced: waited along with somebody. Of what processes
 * share: hit; kept, put there; failed, refused or late; away, not asked as it failed lately.
 */
const COUNTERS = [
  ...["hit", "miss", "revalidated", "stale", "refused", "coalesced", "retried", "warmed"],
  ...["bytes_fetched", "evicted", "bytes_evicted", "corrupt", "swept", "resized"],
  ...["shared_hit", "shared_kept", "shared_failed", "shared_away"],
] as const;

export type Counter = typeof COUNTERS[number];
export type Histogram = "hit_ms" | "fetch_ms";

/** What counts and observes; another implementation may be handed in. */
export interface Meter {
  count(counter: Counter, by?: number): void;
  observe(histogram: Histogram, ms: number): void;
}

/** Figures since the start. `le` counts the observations up to each bound, as Prometheus has it. */
export interface Readings {
  counters: Readonly<Record<Counter, number>>;
  histograms: Readonly<Record<Histogram, { le: number[]; count: number; sum_ms: number }>>;
}

const BOUNDS_MS = [0.1, 0.5, 1, 5, 10, 50, 100, 500, 1_000, 5_000, 30_000];

/** A meter in memory. */
export function openMeter(): Meter & { read(): Readings } {
  const counters = new Map<Counter, number>(COUNTERS.map((name) => [name, 0]));
  const empty = () => ({ le: BOUNDS_MS.map(() => 0), count: 0, sum_ms: 0 });
  const histograms = { hit_ms: empty(), fetch_ms: empty() };
  return {
    count: (name, by = 1) => void counters.set(name, (counters.get(name) ?? 0) + by),
    observe(name, ms) {
      const histogram = histograms[name];
      histogram.count += 1;
      histogram.sum_ms += ms;
      for (let i = BOUNDS_MS.length - 1; i >= 0 && ms <= (BOUNDS_MS[i] ?? 0); i--) {
        histogram.le[i] = (histogram.le[i] ?? 0) + 1;
      }
    },
    read: () => ({
      counters: Object.fromEntries(counters) as Record<Counter, number>,
      histograms: structuredClone(histograms),
    }),
  };
}
