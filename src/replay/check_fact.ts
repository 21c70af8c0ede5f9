/** One fact after the other of one stream after the other: does it still come out as it did? */
import type { Chart, Charts } from "../../machines/charts.ts";
import { begin, permits, persist, restore, type Snapshot, step } from "../runtime/step.ts";
import { beginning, foldRow, type Standing } from "../runtime/streams.ts";
import type { EventRow, Json } from "../store/event_row.ts";
import type { Divergence } from "./check_log.ts";
import { describeEffect, describeState } from "./describe_state.ts";
import { sameJson } from "./diff_json.ts";
import { openStateHasher } from "./state_hasher.ts";
import { readFact } from "../../events/read_fact.ts";

/** What is known of a stream once its last fact was checked. */
interface Finished {
  /** Today's chart is to take it over, and cannot. */
  divergence: Divergence | null;
  /** How today's chart would have lived it; null where no other chart wrote it. */
  today: { differs: string | null } | null;
}

export interface Checker {
  /** Takes the next fact in the order of streams and versions; null where nothing differs. */
  check(row: EventRow): Divergence | null;
  /** Ends the stream of the last fact. */
  finish(): Finished;
}

/** Today's chart beside the one that wrote the facts. */
interface Beside {
  snapshot: Snapshot;
  differs: string | null;
}

interface Going {
  standing: Standing;
  last: EventRow;
  /** Once a stream has diverged, what follows proves nothing. */
  diverged: boolean;
  beside: Beside | null;
  /** Of another chart than today's. */
  older: boolean;
}

export function openChecker(charts: Charts): Checker {
  const hashOf = openStateHasher();
  const { current } = charts;
  let going: Going | null = null;

  function check(row: EventRow): Divergence | null {
    const before = going ?? beginAt(charts, row);
    going = before;
    before.last = row;
    if (before.diverged) return null;
    const found = checkOne(before, row);
    if (before.beside) followBeside(current, before.beside, row);
    if (row.type === "ChartUpgraded" && row.machine === current.id) before.beside = null;
    return found;
  }

  /** By the chart that wrote it. */
  function checkOne(now: Going, row: EventRow): Divergence | null {
    const diverge = (sentence: string, difference: readonly string[] = []) => {
      now.diverged = true;
      return divergenceAt(row, sentence, difference);
    };
    try {
      const { standing: before } = now;
      const { standing, effects } = foldRow(charts, before, row);
      now.standing = standing;
      const { snapshot } = standing;
      if (snapshot === before.snapshot && effects.length === 0 && refuses(before, row)) {
        return diverge(`${row.machine} now refuses it in ${describeState(snapshot.value)}`);
      }
      if (!sameJson(effects, row.effects)) {
        return diverge(
          `${row.machine} now names other effects than it did`,
          compareEffects(row.effects, plain(effects)),
        );
      }
      return hashOf(snapshot) === row.state_hash ? null : diverge(
        `${row.machine} now comes to another state than it did`,
        [`+ ${describeState(snapshot.value)} ${JSON.stringify(persist(snapshot))}`],
      );
    } catch (error) {
      return diverge(error instanceof Error ? error.message : String(error));
    }
  }

  function finish(): Finished {
    const ended = going;
    going = null;
    if (!ended || !ended.older) return { divergence: null, today: null };
    const { beside, standing, last, diverged } = ended;
    return {
      divergence: diverged ? null : takeOver(current, standing, last),
      today: beside && { differs: beside.differs },
    };
  }

  return { check, finish };
}

function beginAt(charts: Charts, row: EventRow): Going {
  const older = row.machine !== charts.current.id;
  const beside = older ? { snapshot: begin(charts.current.machine), differs: null } : null;
  return { standing: beginning(charts), last: row, diverged: false, beside, older };
}

/** A chart that changed nothing either heard the fact, or would not have it any more. */
function refuses({ snapshot }: Standing, row: EventRow): boolean {
  const fact = readFact(row, row.stream);
  if (fact.type === "ChartUpgraded") return false;
  return !permits(snapshot, { ...fact, at: row.at, version: row.version });
}

/** Lives the fact by today's chart, until that goes another way. */
function followBeside(current: Chart, beside: Beside, row: EventRow): void {
  if (beside.differs !== null) return;
  const where = `${row.stream} version ${row.version} (${row.type})`;
  try {
    const happened = { ...readFact(row, where), at: row.at, version: row.version };
    if (row.type === "ChartUpgraded") return;
    const permitted = permits(beside.snapshot, happened);
    const { snapshot, effects } = step(current.machine, beside.snapshot, happened);
    beside.snapshot = snapshot;
    if (!permitted || !sameJson(plain(effects), row.effects)) beside.differs = where;
  } catch {
    beside.differs = where;
  }
}

/** Whether today's chart can go on from here, where it says that it does. */
function takeOver(current: Chart, { chart, snapshot }: Standing, last: EventRow) {
  const take = current.takesOver[chart.id];
  if (chart.id === current.id || !take) return null;
  try {
    restore(current.machine, plain(take(persist(snapshot))));
    return null;
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    return divergenceAt(last, `${current.id} cannot take it over from here: ${words}`, []);
  }
}

function divergenceAt(
  { stream, version, pos, type }: EventRow,
  sentence: string,
  difference: readonly string[],
): Divergence {
  return { stream, version, pos, type, sentence, difference };
}

/** "- …" for what was stored and does not come out, "+ …" for the other way round. */
function compareEffects(stored: readonly Json[], now: Json): string[] {
  const were = stored.map(describeEffect);
  const are = Array.isArray(now) ? now.map(describeEffect) : [];
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

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
