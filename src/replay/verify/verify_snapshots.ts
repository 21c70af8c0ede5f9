/** Snapshots against a fold: each must be the state that its stream had at its version. */
import type postgres from "postgres";
import { sameJson } from "../../base/diff_json.ts";
import { persist } from "../../runtime/step.ts";
import type { EventRow } from "../../store/event_row.ts";
import type { StoredSnapshot } from "../../store/snapshots.ts";
import { throwStoreError } from "../../store/store_unavailable.ts";
import type { Link } from "./check_row.ts";
import type { AddFault } from "./found.ts";

/** Compares snapshots while facts are folded. */
export interface SnapshotCheck {
  /** Reads those of these facts' streams. */
  expect(rows: readonly EventRow[]): Promise<void>;
  /** Compares what a stream had come to with its snapshot of that version, if there is one. */
  compare(row: EventRow, link: Link): void;
}

export function openSnapshotCheck(sql: postgres.Sql, add: AddFault): SnapshotCheck {
  const expected = new Map<string, StoredSnapshot>();
  const keyOf = (stream: string, version: number, machine: string) =>
    `${stream} ${version} ${machine}`;
  return {
    async expect(rows) {
      expected.clear();
      const streams = [...new Set(rows.map(({ stream }) => stream))];
      const found = await sql<(StoredSnapshot & { stream: string })[]>`
        select stream, machine, version, hash, state from snapshots
        where stream = any(${streams}::text[])`.catch(throwStoreError);
      for (const one of found) expected.set(keyOf(one.stream, one.version, one.machine), one);
    },
    compare({ stream, version, machine, pos }, { folded }) {
      const kept = expected.get(keyOf(stream, version, machine));
      if (!kept || folded === null || folded === "beginning") return;
      if (sameJson(kept.state, persist(folded.snapshot))) return;
      add({
        pos,
        sentence: `snapshots of ${stream} by ${machine}: its state is not what the facts up to ` +
          `version ${version} come to; delete the row, and the facts are folded again`,
      });
    },
  };
}
