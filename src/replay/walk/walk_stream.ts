/** A dialogue fact by fact: what each changed, named and asked. */
import type { Json } from "../../base/json.ts";
import type { StateValue } from "xstate";
import type { Fact } from "../../../events/facts.ts";
import { readFact } from "../../../events/read_fact.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { Effect, EffectKind } from "../../../machines/flow/effect.ts";
import { hashState, persist, type Snapshot } from "../../runtime/step.ts";
import { foldRow, initialState, type StreamState, UnknownChart } from "../../runtime/streams.ts";
import type { EventRow } from "../../store/event_row.ts";
import { compareFact, type Difference } from "../fold/compare_fact.ts";
import { type Change, diffJson } from "../../base/diff_json.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import { toFolded } from "../log/folded_row.ts";
import { type AskedGuard, openTracer, type Tracer } from "../fold/trace_step.ts";

/** A state as JSON: what a person, or a page, can look at. */
export interface ShownState {
  value: StateValue;
  context: Json;
}

/** One fact of a dialogue with everything that came of it. */
export interface WalkedFact {
  row: EventRow;
  fact: Fact;
  before: ShownState;
  after: ShownState;
  /** What it changed in what the dialogue remembers. */
  changes: readonly Change[];
  /** What the chart names for it today. */
  effects: readonly Effect[];
  /** How an effect of the chart that folded it is carried out. */
  kindOf(effect: Effect): EffectKind | undefined;
  /** The guards that were asked, in order. */
  guards: readonly AskedGuard[];
  /** Where the dialogue first goes another way than it went: what is different; else null. */
  differs: Difference | null;
}

/** Where a stream stands, and the facts that led there, those from `from` on as moments. */
export interface WalkedStream {
  moments: readonly WalkedFact[];
  streamState: StreamState;
}

export interface WalkOptions {
  /** The first version to look at closely; 1 unless told. */
  from?: number;
  /** Where the rows begin; at the beginning of a stream unless told. */
  start?: StreamState;
  /** It goes another way already: what follows would differ without end. */
  diverged?: boolean;
}

/** Folds `rows`, which follow `start`, and looks closely at those from version `from` on. */
export function walkStream(
  charts: Charts,
  rows: readonly EventRow[],
  { from = 1, start = initialState(charts), diverged = false }: WalkOptions = {},
): WalkedStream {
  const tracer = openTracer();
  let streamState = start;
  let lost = diverged;
  const moments: WalkedFact[] = [];
  for (const row of rows) {
    const before = streamState;
    const folded = foldFact(charts, before, row);
    streamState = folded.streamState;
    const differs = lost ? null : compare(before, row, folded);
    lost ||= differs !== null;
    if (row.version < from) continue;
    moments.push({ ...look(charts, tracer, before, row, streamState), differs });
  }
  return { moments, streamState };
}

function compare(
  { version, chart, snapshot }: StreamState,
  row: EventRow,
  { streamState, effects }: ReturnType<typeof foldFact>,
): Difference | null {
  const { machine } = streamState.chart;
  const before = version > 0 && chart === streamState.chart ? snapshot : null;
  const { snapshot: after } = streamState;
  return compareFact(toFolded(row), { machine, before, after, hash: hashState(after), effects });
}

/** One row further; throws `CannotReplay` where this program cannot read or fold it. */
export function foldFact(charts: Charts, streamState: StreamState, row: EventRow) {
  try {
    return foldRow(charts, streamState, row);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    const mend = error instanceof UnknownChart ? ". Use the program that wrote it, or a newer" : "";
    const where = `${row.stream} version ${row.version}`;
    const sentence = words.startsWith("Cannot") ? words : `Cannot fold ${where}: ${words}`;
    throw new CannotReplay(sentence + mend, exitCodes.unreadable);
  }
}

/** A snapshot as JSON. */
function showState(snapshot: Snapshot): ShownState {
  const { value, context } = persist(snapshot) as { readonly [key: string]: Json };
  return { value: value as StateValue, context: context ?? null };
}

function look(
  charts: Charts,
  tracer: Tracer,
  before: StreamState,
  row: EventRow,
  after: StreamState,
): Omit<WalkedFact, "differs"> {
  const { version, at } = row;
  const fact = readFact(row, `${row.stream} version ${version}`);
  const { chart } = after;
  const begun = before.version === 0 ? initialState({ ...charts, current: chart }) : before;
  // A new chart takes the dialogue over without a step of its own.
  const traced = fact.type === "ChartUpgraded"
    ? { effects: [], guards: [] }
    : tracer.step(chart.machine, begun.snapshot, { ...fact, at, version });
  const [earlier, later] = [showState(begun.snapshot), showState(after.snapshot)];
  return {
    row,
    fact,
    before: earlier,
    after: later,
    changes: diffJson(earlier.context, later.context),
    effects: traced.effects,
    kindOf: ({ type }) => chart.effects.get(type)?.kind,
    guards: traced.guards,
  };
}
