/** One fact after the other of one stream after the other: does it still come out as it did? */
import type { FoldedState } from "../fold/folded_state.ts";
import { type FoldedRow, readFolded } from "../log/folded_row.ts";
import type { Json } from "../../base/json.ts";
import type { Chart, Charts } from "../../../machines/flow/chart.ts";
import { begin, permits, persist, restore, type Snapshot, step } from "../../runtime/step.ts";

import type { Divergence } from "./divergence.ts";
import { areStored, compareFact } from "../fold/compare_fact.ts";
import { openQuickFold } from "../fold/quick_fold.ts";

/** What is known of a stream once its last fact was checked. */
interface Finished {
  /** Today's chart is to take it over, and cannot. */
  divergence: Divergence | null;
  /** How today's chart would have lived it; null where no other chart wrote it. */
  today: { differs: string | null } | null;
}

export interface Checker {
  /** Takes the next fact in the order of streams and versions; null where nothing differs. */
  check(row: FoldedRow): Divergence | null;
  /** Ends the stream of the last fact. */
  finish(): Finished;
}

/** Today's chart beside the one that wrote the facts. */
interface Beside {
  snapshot: Snapshot;
  differs: string | null;
}

interface Going {
  /** Null before the first fact. */
  state: FoldedState | null;
  last: FoldedRow;
  /** Once a stream has diverged, what follows proves nothing. */
  diverged: boolean;
  beside: Beside | null;
  /** Of another chart than today's. */
  older: boolean;
}

export function openChecker(charts: Charts): Checker {
  const { fold } = openQuickFold(charts);
  const { current } = charts;
  let going: Going | null = null;

  function check(row: FoldedRow): Divergence | null {
    const now = going ?? beginAt(charts, row);
    going = now;
    now.last = row;
    if (now.diverged) return null;
    const found = checkOne(now, row);
    now.diverged = found !== null;
    if (now.beside) followBeside(current, now.beside, row);
    if (row.type === "ChartUpgraded" && row.machine === current.id) now.beside = null;
    return found;
  }

  /** By the chart that wrote it. */
  function checkOne(now: Going, row: FoldedRow): Divergence | null {
    const { state: before } = now;
    try {
      const { state, effects, text } = fold(before, row);
      now.state = state;
      const { machine, snapshot: after, hash } = state;
      // A stream begins with the chart of its first fact; another chart takes over by its own state.
      const from = before?.machine === machine ? before.snapshot : null;
      const found = compareFact(row, { machine, before: from, after, hash, effects, text });
      return found && divergenceAt(row, found.sentence, found.difference);
    } catch (error) {
      return divergenceAt(row, error instanceof Error ? error.message : String(error), []);
    }
  }

  function finish(): Finished {
    const ended = going;
    going = null;
    if (!ended || !ended.older) return { divergence: null, today: null };
    const { beside, state, last, diverged } = ended;
    return {
      divergence: diverged || !state ? null : takeOver(current, state, last),
      today: beside && { differs: beside.differs },
    };
  }

  return { check, finish };
}

function beginAt(charts: Charts, row: FoldedRow): Going {
  const older = row.machine !== charts.current.id;
  const beside = older ? { snapshot: begin(charts.current.machine), differs: null } : null;
  return { state: null, last: row, diverged: false, beside, older };
}

/** Lives the fact by today's chart, until that goes another way. */
function followBeside(current: Chart, beside: Beside, row: FoldedRow): void {
  if (beside.differs !== null) return;
  const where = `${row.stream} version ${row.version} (${row.type})`;
  try {
    const recorded = { ...readFolded(row), at: row.at, version: row.version };
    if (row.type === "ChartUpgraded") return;
    const permitted = permits(beside.snapshot, recorded);
    const { snapshot, effects } = step(current.machine, beside.snapshot, recorded);
    beside.snapshot = snapshot;
    if (!permitted || !areStored(effects, row)) beside.differs = where;
  } catch {
    beside.differs = where;
  }
}

/** Whether today's chart can go on from here, where it says that it does. */
function takeOver(current: Chart, { machine, snapshot }: FoldedState, last: FoldedRow) {
  const take = current.takesOver[machine.id];
  if (machine.id === current.id || !take) return null;
  try {
    restore(current.machine, plain(take(persist(snapshot))));
    return null;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return divergenceAt(last, `${current.id} cannot take it over from here: ${words}`, []);
  }
}

function divergenceAt(
  { stream, version, pos, type }: FoldedRow,
  sentence: string,
  difference: readonly string[],
): Divergence {
  return { stream, version, pos, type, sentence, difference };
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
