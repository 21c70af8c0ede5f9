/** From one input or answer to the facts, and the tasks that follow from them. Appends nothing. */
import type { Json } from "../base/json.ts";
import type { Envelope, Place } from "../../events/envelope.ts";
import { type Fact, facts as definitions } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { type Effect, type EffectKind, isEffect } from "../../machines/flow/effect.ts";
import { startTimer, toast } from "../../machines/flow/kit_effects.ts";
import { hashEvent, type NewEvent } from "../store/event_row.ts";
import type { NewTask } from "../store/append.ts";
import { hashState, permits, persist, restore, type Snapshot, step } from "./step.ts";
import type { StreamState } from "./streams.ts";

/** What is fixed before anything is decided: from where, when, and how ids are made. */
export interface DecisionMetadata {
  stream: string;
  cause: string;
  correlation: string;
  /** In ms, by the app's clock. */
  at: number;
  /** What is decided outside the chart: kept beside each fact. */
  envelope: Envelope;
  newId: () => string;
}

/** Answers one ask with a fact that carries its callId. */
export type Ask = (effect: Effect) => Promise<Fact>;

/** What is to be appended, and where the dialogue stands if it is. */
export interface Decision {
  events: readonly NewEvent[];
  tasks: readonly NewTask[];
  /** Notes over the chat that answer a tap. */
  toasts: readonly string[];
  streamState: StreamState;
}

/** Asks that one update may lead to; a chart that wants more runs in a circle. */
const ASKS_MAX = 8;

/**
 * Steps the dialogue with `proposed` and with the answers to what it asks.
 * Null where the chart does not permit `proposed`: it is stale, and nothing is to be appended.
 */
export async function decide(
  metadata: DecisionMetadata,
  streamState: StreamState,
  proposed: Fact,
  ask: Ask,
): Promise<Decision | null> {
  const events: NewEvent[] = [];
  const tasks: NewTask[] = [];
  const toasts: string[] = [];
  const queue: Fact[] = [proposed];
  let now = streamState;
  let asked = 0;
  for (let fact = queue.shift(); fact; fact = queue.shift()) {
    const recorded = recordNext(metadata, now, fact);
    if (recorded === null) {
      if (events.length === 0) return null;
      throw new Error(
        `Cannot go on in ${metadata.stream}: ${now.chart.id} refuses ${fact.type}, ` +
          `the answer to its own ask`,
      );
    }
    events.push(recorded.event);
    now = recorded.streamState;
    for (const [index, effect] of recorded.effects.entries()) {
      const kind = now.chart.effects.get(effect.type)?.kind;
      if (kind === undefined) throw new Error(`Cannot carry out ${effect.type}: nobody defines it`);
      if (kind === "ask") {
        if (++asked > ASKS_MAX) throw new Error(`${now.chart.id} asks more than ${ASKS_MAX} times`);
        queue.push(await ask(effect));
      } else if (isEffect(toast, effect)) {
        toasts.push(effect.params.text);
      } else {
        tasks.push(taskOf(metadata, recorded.event, index, effect, kind));
      }
    }
  }
  return { events, tasks, toasts, streamState: now };
}

/** One fact as it happens; null where the chart does not permit it. */
function recordNext(metadata: DecisionMetadata, streamState: StreamState, proposed: Fact) {
  const { chart } = streamState;
  const version = streamState.version + 1;
  const fact = checkFact(proposed, `${metadata.stream} version ${version}`);
  const heard = { ...fact, at: metadata.at, version };
  if (!permits(streamState.snapshot, heard)) return null;
  const { snapshot, effects } = step(chart.machine, streamState.snapshot, heard);
  return { ...record(metadata, streamState, fact, { chart, snapshot, effects }), effects };
}

/** The fact by which a newer chart takes a dialogue over; null where it need not or cannot. */
export function upgrade(metadata: DecisionMetadata, streamState: StreamState, chart: Chart) {
  const takeOver = chart.takesOver[streamState.chart.id];
  if (streamState.version === 0 || streamState.chart.id === chart.id || !takeOver) return null;
  const state = toJson(takeOver(persist(streamState.snapshot))) as Json;
  const snapshot = restore(chart.machine, state);
  const taken = { type: "ChartUpgraded", from: streamState.chart.id, to: chart.id, state };
  const fact = checkFact(taken, `${metadata.stream} version ${streamState.version + 1}`);
  return record(metadata, streamState, fact, { chart, snapshot, effects: [] });
}

/** The row of a fact after which the dialogue stands as `after` says, linked to the one before. */
function record(
  metadata: DecisionMetadata,
  before: StreamState,
  { type, ...data }: Fact,
  after: { chart: Chart; snapshot: Snapshot; effects: readonly Effect[] },
): { event: NewEvent; streamState: StreamState } {
  const { chart, snapshot, effects } = after;
  const version = before.version + 1;
  const unhashed: Omit<NewEvent, "hash"> = {
    id: metadata.newId(),
    stream: metadata.stream,
    version,
    type,
    schema_version: definitions.get(type)?.version ?? 1,
    // Checked by its schema: plain JSON.
    data: data as Record<string, Json>,
    at: metadata.at,
    causation: metadata.cause,
    correlation: metadata.correlation,
    machine: chart.id,
    effects: effects as readonly (Effect & Json)[],
    state_hash: hashState(snapshot),
    envelope: metadata.envelope,
    prev_hash: before.hash,
  };
  const hash = hashEvent(unhashed);
  return { event: { ...unhashed, hash }, streamState: { version, hash, chart, snapshot } };
}

/** An effect as a task: sends in the dialogue's lane, everything else in a lane of its own. */
function taskOf(
  metadata: DecisionMetadata,
  event: NewEvent,
  index: number,
  effect: Effect,
  kind: Exclude<EffectKind, "ask">,
): NewTask {
  const { stream, correlation, at } = metadata;
  const id = `${stream}:${event.version}:${index}`;
  return {
    effect: id,
    lane: kind === "send" ? stream : id,
    kind,
    stream,
    payload: { effect: effect as Effect & Json, fact: event.id, ...placeOf(metadata) },
    correlation,
    due_at: isEffect(startTimer, effect) ? at + effect.params.after_ms : at,
  };
}

/** Where an effect is carried out, if that is more than its stream tells. */
const placeOf = ({ envelope: { place } }: DecisionMetadata) =>
  place ? { place: place as Place & Json } : {};

/** Plain JSON, without the fields that are undefined. */
function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
