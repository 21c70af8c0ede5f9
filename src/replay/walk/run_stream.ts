/** A dialogue lived again: where it stood, what it remembered and what the person saw at any point. */
import type { Charts } from "../../../machines/flow/chart.ts";
import type { StreamState } from "../../runtime/streams.ts";
import type { EventRow } from "../../store/event_row.ts";
import { chatsAfter, type ChatWorld, type Seen } from "./chat.ts";
import { type WalkedFact, walkStream } from "./walk_stream.ts";

/** One point of a dialogue, and what the person sees after it. */
export interface RunPoint extends WalkedFact, Seen {}

export interface StreamRun {
  points: readonly RunPoint[];
  streamState: StreamState;
}

/** Lives `rows` again, which follow `before` where that is given. */
export async function runStream(
  { charts, ...world }: ChatWorld & { charts: Charts },
  rows: readonly EventRow[],
  before?: StreamRun,
): Promise<StreamRun> {
  const diverged = before?.points.some(({ differs }) => differs !== null) ?? false;
  const { moments, streamState } = walkStream(
    charts,
    rows,
    before ? { start: before.streamState, diverged } : {},
  );
  const seen = await chatsAfter(world, moments, {
    chat: before?.points.at(-1)?.chat ?? [],
    facts: before?.points.map(({ row }) => row) ?? [],
  });
  const points = moments.flatMap((moment, i) => {
    const then = seen[i];
    return then ? [{ ...moment, ...then }] : [];
  });
  return { points, streamState };
}
