/** The ways to fold a log from memory that are compared. */
import type { FoldOutcome } from "../../src/replay/fold/folded_state.ts";
import { toFolded } from "../../src/replay/log/folded_row.ts";
import { transition } from "xstate";
import { readFact } from "../../events/read_fact.ts";
import { charts } from "../../machines/charts.ts";
import type { RecordedFact } from "../../machines/flow/recorded_fact.ts";
import { openChecker } from "../../src/replay/check/check_fact.ts";
import { openQuickFold } from "../../src/replay/fold/quick_fold.ts";
import { begin, step } from "../../src/runtime/step.ts";
import { foldRow, initialState } from "../../src/runtime/streams.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { reduce, unreduced } from "./hand_reducer.ts";

export interface Folder {
  name: string;
  /** Folds in one round: what takes a moment only proves nothing. */
  times: number;
  fold: () => void;
}

export function foldersOf(rows: readonly EventRow[]): Folder[] {
  const { machine } = charts.current;
  const facts = rows.map((row) => ({
    ...{ stream: row.stream, fact: factIn(row) },
  }));
  const folded = rows.map(toFolded);
  return [
    {
      name: "reading facts, a reducer by hand",
      times: 5,
      fold: () => foldAll(rows, unreduced, (state, row) => reduce(state, factIn(row))),
    },
    {
      name: "reading facts, our chart",
      times: 1,
      fold: () =>
        foldAll(
          rows,
          initialState(charts),
          (state, row) => foldRow(charts, state, row).streamState,
        ),
    },
    {
      name: "facts that are read, a reducer by hand",
      times: 30,
      fold: () => foldAll(facts, unreduced, (state, { fact }) => reduce(state, fact)),
    },
    {
      name: "facts that are read, our stepper",
      times: 2,
      fold: () =>
        foldAll(facts, begin(machine), (state, { fact }) => step(machine, state, fact).snapshot),
    },
    {
      name: "facts that are read, transition()",
      times: 1,
      fold: () =>
        foldAll(facts, begin(machine), (state, { fact }) => transition(machine, state, fact)[0]),
    },
    {
      name: "reading facts, as check folds them",
      times: 1,
      fold() {
        const { fold } = openQuickFold(charts);
        foldAll<typeof folded[number], FoldOutcome | null>(
          folded,
          null,
          (last, row) => fold(last && last.state, row),
        );
      },
    },
    { name: "check without a database", times: 1, fold: () => checkAll(folded) },
  ];
}

function factIn(row: EventRow): RecordedFact {
  return { ...readFact(row, row.stream), at: row.at, version: row.version };
}

/** Folds stream by stream, each from `first` on. */
function foldAll<Row extends { stream: string }, State>(
  rows: readonly Row[],
  first: State,
  next: (state: State, row: Row) => State,
): void {
  let [state, stream] = [first, ""];
  for (const row of rows) {
    if (row.stream !== stream) [state, stream] = [first, row.stream];
    state = next(state, row);
  }
}

function checkAll(rows: readonly ReturnType<typeof toFolded>[]): void {
  const checker = openChecker(charts);
  let stream = "";
  for (const row of rows) {
    if (row.stream !== stream && stream !== "") checker.finish();
    stream = row.stream;
    const divergence = checker.check(row);
    if (divergence) throw new Error(divergence.sentence);
  }
}
