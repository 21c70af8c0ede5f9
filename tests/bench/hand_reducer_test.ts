import { assertEquals } from "@std/assert";
import { readFact } from "../../events/read_fact.ts";
import { charts } from "../../machines/charts.ts";
import { foldRow, initialState } from "../../src/runtime/streams.ts";
import { reduce, unreduced } from "./hand_reducer.ts";
import { writeDialogues } from "./replay_log.ts";

Deno.test("reducer by hand comes to what the chart comes to, in every dialogue of the bench", async () => {
  let [streamState, reduced, stream] = [initialState(charts), unreduced, ""];
  for (const row of await writeDialogues(8)) {
    if (row.stream !== stream) [streamState, reduced] = [initialState(charts), unreduced];
    stream = row.stream;
    const folded = foldRow(charts, streamState, row);
    streamState = folded.streamState;
    const fact = readFact(row, row.stream);
    reduced = reduce(reduced, { ...fact, at: row.at, version: row.version });
    assertEquals(reduced.context, streamState.snapshot.context, fact.type);
    const flow = reduced.flow.split(".").reduceRight<unknown>(
      (inner, name) => inner === null ? name : { [name]: inner },
      null,
    );
    assertEquals(streamState.snapshot.value.flow, flow, fact.type);
    // Words and buttons may change: it is as much work whatever they say.
    const typesOf = (effects: readonly { type: string }[]) => effects.map(({ type }) => type);
    assertEquals(typesOf(reduced.effects), typesOf(folded.effects), fact.type);
  }
});
