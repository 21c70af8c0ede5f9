/** Folding with a memory comes to what folding without one comes to. */
import type { FoldedState } from "../../src/replay/fold/folded_state.ts";
import { toFolded } from "../../src/replay/log/folded_row.ts";
import { assert, assertEquals } from "@std/assert";
import { charts } from "../../machines/charts.ts";
import { openQuickFold } from "../../src/replay/fold/quick_fold.ts";
import { hashState, persist } from "../../src/runtime/step.ts";
import { foldRow, initialState } from "../../src/runtime/streams.ts";
import type { EventRow } from "../../src/store/event_row.ts";
import { writeDialogues } from "../bench/replay_log.ts";
import { goldenRows, goldenTest, nameOfGolden } from "../logs/golden_logs.ts";

/** Folds both ways, fact by fact; how many outcomes were known already. */
function compare(rows: readonly EventRow[]): number {
  const quick = openQuickFold(charts);
  const met = new Set<unknown>();
  let [streamState, stream] = [initialState(charts), ""];
  let state: FoldedState | null = null;
  let known = 0;
  for (const row of rows) {
    if (row.stream !== stream) {
      [streamState, state, stream] = [initialState(charts), null, row.stream];
    }
    const slow = foldRow(charts, streamState, row);
    const fast = quick.fold(state, toFolded(row));
    if (met.has(fast)) known++;
    met.add(fast);
    [streamState, state] = [slow.streamState, fast.state];
    const where = `${row.stream} version ${row.version} (${row.type})`;
    assertEquals(JSON.stringify(fast.effects), JSON.stringify(slow.effects), where);
    assertEquals(persist(state.snapshot), persist(streamState.snapshot), where);
    assertEquals(state.hash, hashState(streamState.snapshot), where);
  }
  return known;
}

Deno.test("quick fold comes to what the runtime comes to, and knows a good part beforehand", async () => {
  const rows = await writeDialogues(200);
  const known = compare(rows);
  assert(known > rows.length / 5, `only ${known} of ${rows.length} were known`);
});

goldenTest("quick fold comes to what the runtime comes to on every golden fact", async () => {
  const rows = await goldenRows(nameOfGolden());
  // Ten times, so that every state becomes one that is met often.
  compare(
    Array.from(
      { length: 10 },
      (_, i) => rows.map((row) => ({ ...row, stream: `${row.stream}${i}` })),
    ).flat(),
  );
});

Deno.test("quick fold takes nothing for known where the chart looks at time or place", async () => {
  const rows = await writeDialogues(4);
  const miss = (version: number, at: number): EventRow => ({
    ...rows[0]!,
    type: "CodeRefused",
    data: { callId: null, reason: "mistyped" },
    version,
    at,
  });
  const quick = openQuickFold(charts);
  const misses = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
    const { state } = quick.fold(null, toFolded(miss(1, n * 1_000)));
    return state.snapshot.context.misses;
  });
  assertEquals(misses, [1, 2, 3, 4, 5, 6, 7, 8].map((n) => [n * 1_000]));
});
