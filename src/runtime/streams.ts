/** Where dialogues stand: from memory, else from a snapshot and the facts after it. */
import type { Json } from "../base/json.ts";
import { LRUCache } from "lru-cache";
import { readFact } from "../../events/read_fact.ts";
import type { Chart, Charts } from "../../machines/flow/chart.ts";
import type { EventRow } from "../store/event_row.ts";
import type { Log } from "../store/log.ts";
import type { Snapshots, StoredSnapshot } from "../store/snapshots.ts";
import { begin, persist, restore, type Snapshot, step } from "./step.ts";

/** A dialogue at one version: by which chart, in which state, and the hash the next fact links to. */
export interface StreamState {
  readonly version: number;
  readonly hash: string;
  readonly chart: Chart;
  readonly snapshot: Snapshot;
}

export interface Streams {
  load(stream: string): Promise<StreamState>;
  /** Remembers where a stream stands after an append; now and then in the table of snapshots. */
  keep(stream: string, streamState: StreamState): void;
  /** Another process has written: what is in memory is old. */
  drop(stream: string): void;
}

const SNAPSHOT_EVERY = 100;
const CACHED_MAX = 4_000;

export interface StreamsOptions {
  log: Log;
  snapshots: Snapshots;
  charts: Charts;
  /** Told of a snapshot that could not be kept or used: only a cache, so nothing is lost. */
  onCacheTrouble: (stream: string, error: unknown) => void;
}

export function openStreams(options: StreamsOptions): Streams {
  const { log, snapshots, charts, onCacheTrouble } = options;
  const cache = new LRUCache<string, StreamState>({ max: CACHED_MAX });
  return {
    async load(stream) {
      const cached = cache.get(stream);
      if (cached) return cached;
      const stored = await snapshots.newest(stream);
      const from = (stored && revive(charts, stored, (error) => onCacheTrouble(stream, error))) ??
        initialState(charts);
      const streamState = foldRows(charts, from, await log.read(stream, from.version));
      cache.set(stream, streamState);
      return streamState;
    },
    keep(stream, streamState) {
      const before = cache.get(stream)?.version ?? 0;
      cache.set(stream, streamState);
      const { version, hash, chart, snapshot } = streamState;
      if (Math.floor(version / SNAPSHOT_EVERY) === Math.floor(before / SNAPSHOT_EVERY)) return;
      snapshots.keep(stream, { machine: chart.id, version, hash, state: persist(snapshot) })
        .catch((error) => onCacheTrouble(stream, error));
    },
    drop: (stream) => void cache.delete(stream),
  };
}

/** The state of a stream without facts. */
export function initialState(charts: Charts): StreamState {
  const chart = charts.current;
  return { version: 0, hash: "", chart, snapshot: begin(chart.machine) };
}

/** The state in a snapshot; null where its chart can make nothing of it. */
function revive(
  charts: Charts,
  stored: StoredSnapshot,
  onTrouble: (error: unknown) => void,
): StreamState | null {
  const chart = charts.all[stored.machine];
  if (!chart) return null;
  try {
    const { version, hash } = stored;
    return { version, hash, chart, snapshot: restore(chart.machine, stored.state) };
  } catch (error) {
    onTrouble(error);
    return null;
  }
}

/** Thrown for a row whose chart this program does not have. */
export class UnknownChart extends Error {
  override name = "UnknownChart";
}

/** Where a stream stands after `rows`, each folded by the chart that wrote it. */
export function foldRows(
  charts: Charts,
  from: StreamState,
  rows: readonly EventRow[],
): StreamState {
  return rows.reduce((streamState, row) => foldRow(charts, streamState, row).streamState, from);
}

/** One row further: the new state and the effects that the chart names for it. */
export function foldRow(charts: Charts, streamState: StreamState, row: EventRow) {
  const { version, hash, at } = row;
  const where = `${row.stream} version ${version}`;
  const chart = charts.all[row.machine];
  if (!chart) {
    throw new UnknownChart(`Cannot fold ${where}: this program has no chart ${row.machine}`);
  }
  const fact = readFact(row, where);
  if (fact.type === "ChartUpgraded") {
    const snapshot = restore(chart.machine, fact.state as Json);
    return { streamState: { version, hash, chart, snapshot }, effects: [] };
  }
  // A stream begins with the chart of its first fact, whichever is current today.
  const before = streamState.version === 0 ? begin(chart.machine) : streamState.snapshot;
  const { snapshot, effects } = step(chart.machine, before, { ...fact, at, version });
  return { streamState: { version, hash, chart, snapshot }, effects };
}
