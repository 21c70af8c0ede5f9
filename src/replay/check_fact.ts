/** One fact after the other of one stream after the other: does it still come out as it did? */
import type { Chart, Charts } from "../../machines/charts.ts";
import { begin, permits, persist, restore, type Snapshot, step } from "../runtime/step.ts";
import type { Json } from "../store/event_row.ts";
import type { Divergence } from "./check_log.ts";
import { describeEffect, describeState } from "./describe_state.ts";
import { sameJson } from "./diff_json.ts";
import { jsonbText } from "./jsonb_text.ts";
import { sameState } from "./known_states.ts";
import { type FoldedRow, type FoldedState, openQuickFold, readFolded } from "./quick_fold.ts";

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
      const { state, effects, text, type } = fold(before, row);
      now.state = state;
      const { machine, snapshot, hash } = state;
      if (effects.length === 0 && type !== "ChartUpgraded") {
        const was = before?.snapshot ?? begin(machine);
        if (sameState(was, snapshot) && refuses(was, row)) {
          const where = describeState(snapshot.value);
          return divergenceAt(row, `${row.machine} now refuses it in ${where}`, []);
        }
      }
      if (!areStored(effects, row, text)) {
        return divergenceAt(
          row,
          `${row.machine} now names other effects than it did`,
          compareEffects(JSON.parse(row.effects), plain(effects)),
        );
      }
      if (hash === row.state_hash) return null;
      return divergenceAt(row, `${row.machine} now comes to another state than it did`, [
        `+ ${describeState(snapshot.value)} ${JSON.stringify(persist(snapshot))}`,
      ]);
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

/** A chart that changed nothing either heard the fact, or would not have it any more. */
function refuses(snapshot: Snapshot, row: FoldedRow): boolean {
  return !permits(snapshot, { ...readFolded(row), at: row.at, version: row.version });
}

/** Lives the fact by today's chart, until that goes another way. */
function followBeside(current: Chart, beside: Beside, row: FoldedRow): void {
  if (beside.differs !== null) return;
  const where = `${row.stream} version ${row.version} (${row.type})`;
  try {
    const happened = { ...readFolded(row), at: row.at, version: row.version };
    if (row.type === "ChartUpgraded") return;
    const permitted = permits(beside.snapshot, happened);
    const { snapshot, effects } = step(current.machine, beside.snapshot, happened);
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

/** "- …" for what was stored and does not come out, "+ …" for the other way round. */
function compareEffects(stored: Json, now: Json): string[] {
  const linesOf = (it: Json) => Array.isArray(it) ? it.map(describeEffect) : [];
  const [were, are] = [linesOf(stored), linesOf(now)];
  const lines = [
    ...without(were, are).map((line) => `- ${line}`),
    ...without(are, were).map((line) => `+ ${line}`),
  ];
  return lines.length > 0 ? lines : [...were.map((it) => `- ${it}`), ...are.map((it) => `+ ${it}`)];
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** Whether these are the effects that were stored. */
function areStored(
  effects: readonly unknown[],
  row: FoldedRow,
  text = jsonbText(effects),
): boolean {
  return text === row.effects || sameJson(effects, JSON.parse(row.effects));
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
