/** What would have happened: other inputs and facts from some point on, and nothing is written. */
import { v7 } from "uuid";
import { type Circumstances, envelopeOf } from "../../../events/envelope.ts";
import type { Fact } from "../../../events/facts.ts";
import { facts as definitions } from "../../../events/facts.ts";
import { checkFact } from "../../../events/read_fact.ts";
import type { Charts } from "../../../machines/flow/chart.ts";
import type { Effect } from "../../../machines/flow/effect.ts";
import { decide, upgrade } from "../../runtime/decide.ts";
import type { StreamState } from "../../runtime/streams.ts";
import type { EventRow } from "../../store/event_row.ts";
import { CannotReplay, exitCodes } from "../log/exit_codes.ts";
import type { Attempt, AttemptedFact } from "./read_attempts.ts";
import { runStream, type StreamRun } from "./run_stream.ts";
import type { ChatWorld } from "./chat.ts";
import { describeState } from "../log/describe_state.ts";

/** Answers an ask without writing; `facts` are those of this dialogue, the fork's among them. */
export type AskAgain = (
  effect: Effect,
  origin: { stream: string; facts: readonly EventRow[]; circumstances: Circumstances },
) => Promise<Fact>;

export interface ForkWorld extends ChatWorld {
  charts: Charts;
  ask: AskAgain;
}

/** What came of a fork: the points after its beginning, and what the chart refused. */
export interface Forked extends StreamRun {
  /** A sentence for each attempt that came to nothing. */
  refused: readonly string[];
}

const STEP_MS = 1_000;

/** Tries `attempts` in `stream`, one after the other, from where `before` ends. */
export async function forkStream(
  world: ForkWorld,
  stream: string,
  before: StreamRun,
  attempts: readonly Attempt[],
): Promise<Forked> {
  const past = before.points.map(({ row }) => row);
  const tried: EventRow[] = [];
  const refused: string[] = [];
  let { streamState } = before;
  for (const [i, attempt] of attempts.entries()) {
    const facts = [...past, ...tried];
    const at = attempt.at ?? (facts.at(-1)?.at ?? 0) + STEP_MS;
    const cause = `fork:${i + 1}`;
    const circumstances = await circumstancesOf(
      attempt,
      () => world.circumstances(stream, facts),
    );
    const envelope = envelopeOf(circumstances);
    const metadata = { stream, cause, correlation: cause, at, envelope, newId: v7 };
    const upgraded = upgrade(metadata, streamState, world.charts.current);
    const from = upgraded?.streamState ?? streamState;
    const fact = proposeOf(attempt, from, facts, at);
    const ask = (effect: Effect) => world.ask(effect, { stream, facts, circumstances });
    const decision = await decide(metadata, from, fact, ask);
    if (decision === null) {
      const state = describeState(from.snapshot.value);
      refused.push(`${from.chart.id} refuses ${fact.type} in ${state}`);
      continue;
    }
    const events = upgraded ? [upgraded.event, ...decision.events] : decision.events;
    tried.push(...events.map((event) => ({ ...event, pos: 0 })));
    streamState = decision.streamState;
  }
  return { ...await runStream(world, tried, before), refused };
}

/** An input has the rights that it says; all else is as it was before it. */
async function circumstancesOf(
  attempt: Attempt,
  find: () => Promise<Circumstances>,
): Promise<Circumstances> {
  const { rights, locale } = await find();
  const { admin, owner } = "input" in attempt ? attempt : rights;
  return { rights: { admin, owner }, locale };
}

/** The fact that an attempt amounts to. */
function proposeOf(
  attempt: Attempt,
  { chart, snapshot, version }: StreamState,
  facts: readonly EventRow[],
  at: number,
): Fact {
  if ("input" in attempt) {
    const { input, admin, owner } = attempt;
    return chart.hear(snapshot.value, { input, admin, owner, at, context: snapshot.context });
  }
  try {
    return checkFact(withCall(attempt.fact, facts), `the fork's version ${version + 1}`);
  } catch (error) {
    throw new CannotReplay(error instanceof Error ? error.message : "", exitCodes.unreadable);
  }
}

/** An answer that names no call answers the newest. */
function withCall(fact: AttemptedFact, facts: readonly EventRow[]): AttemptedFact {
  if ("callId" in fact || !needsCall(fact.type)) return fact;
  const calls = facts.flatMap(({ effects }) =>
    effects.flatMap((effect) => {
      const params = typeof effect === "object" && effect !== null && "params" in effect
        ? effect.params
        : null;
      return typeof params === "object" && params !== null && "callId" in params
        ? [params.callId]
        : [];
    })
  );
  return { ...fact, callId: calls.at(-1) ?? "" };
}

function needsCall(type: string): boolean {
  const schema = definitions.get(type)?.schema;
  return schema !== undefined && "shape" in schema && typeof schema.shape === "object" &&
    schema.shape !== null && "callId" in schema.shape;
}
