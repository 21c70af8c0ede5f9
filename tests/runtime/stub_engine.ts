/** An engine over a log that is only an array, for what needs no database. */
import { v4 } from "uuid";
import type { Circumstances } from "../../events/envelope.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { type Engine, type EngineOptions, openEngine } from "../../src/runtime/engine.ts";
import { openStreams } from "../../src/runtime/streams.ts";
import type { Append, Appended, NewTask } from "../../src/store/append.ts";
import type { Log } from "../../src/store/log.ts";
import { findNothing } from "./given_engine.ts";
import { chartsOf, first } from "./test_chart.ts";

export interface StubEngine {
  engine: Engine;
  /** What came to the log, whatever became of it. */
  appends: Append[];
  /** What was handed over to be carried out. */
  delivered: NewTask[];
}

export interface StubOptions extends Partial<Pick<EngineOptions, "onUnavailable" | "signal">> {
  chart?: Chart;
  rights?: Circumstances["rights"];
  /** What becomes of an append; it is taken unless told. */
  answer?: (append: Append) => Appended;
}

const taken = (): Appended => ({
  is: "appended",
  assigned: new Map(),
  along: null,
  waiting: new Set(),
});

export function openStubEngine(options: StubOptions = {}): StubEngine {
  const { chart = first, answer = taken, rights = { admin: false, owner: false } } = options;
  const charts = chartsOf(chart);
  const appends: Append[] = [];
  const delivered: NewTask[] = [];
  const log: Log = {
    append(append) {
      appends.push(append);
      return Promise.resolve(answer(append));
    },
    read: () => Promise.resolve([]),
    tip: () => Promise.resolve({ version: 0, hash: "" }),
    idle: () => Promise.resolve(),
  };
  const snapshots = { newest: () => Promise.resolve(null), keep: () => Promise.resolve() };
  const engine = openEngine({
    log,
    charts,
    streams: openStreams({ log, snapshots, charts, onCacheTrouble() {} }),
    ask: findNothing,
    circumstances: () => Promise.resolve({ rights, locale: "ru" }),
    deliver: (tasks) => void delivered.push(...tasks),
    seal: (_, words) => Promise.resolve(words),
    unseal: () => Promise.resolve(null),
    sealFailure: () => Promise.resolve(""),
    onFailure(_, __, error) {
      throw error;
    },
    onLoss(_, error) {
      throw error;
    },
    onUnavailable: options.onUnavailable ?? (() => {}),
    newId: v4,
    newReference: v4,
    signal: options.signal ?? new AbortController().signal,
  });
  return { engine, appends, delivered };
}
