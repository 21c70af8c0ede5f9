/** From one input or answer to the facts, and the tasks that follow from them. Appends nothing. */
import type { Json } from "../base/json.ts";
import { type Fact, facts as definitions } from "../../events/facts.ts";
import { checkFact } from "../../events/read_fact.ts";
import type { Chart } from "../../machines/flow/chart.ts";
import { type Effect, type EffectKind, isEffect } from "../../machines/flow/effect.ts";
import { startTimer, toast } from "../../machines/flow/kit_effects.ts";
import { hashEvent, type NewEvent } from "../store/event_row.ts";
import type { NewTask } from "../store/append.ts";
import { hashState, permits, persist, restore, type Snapshot, step } from "./step.ts";
import type { Standing } from "./streams.ts";

/** What is fixed before anything is decided: from where, when, and how ids are made. */
export interface Occasion {
  stream: string;
  cause: string;
  correlation: string;
  /** In ms, by the app's clock. */
  at: number;
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
  standing: Standing;
}

/** Asks that one update may lead to; a chart that wants more runs in a circle. */
const ASKS_MAX = 8;

/**
 * Steps the dialogue with `proposed` and with the answers to what it asks.
 * Null where the chart does not permit `proposed`: it is stale, and nothing is to be appended.
 */
export async function decide(
  occasion: Occasion,
  standing: Standing,
  proposed: Fact,
  ask: Ask,
): Promise<Decision | null> {
  const events: NewEvent[] = [];
  const tasks: NewTask[] = [];
  const toasts: string[] = [];
  const queue: Fact[] = [proposed];
  let now = standing;
  let asked = 0;
  for (let fact = queue.shift(); fact; fact = queue.shift()) {
    const happened = happen(occasion, now, fact);
    if (happened === null) {
      if (events.length === 0) return null;
      throw new Error(
        `Cannot go on in ${occasion.stream}: ${now.chart.id} refuses ${fact.type}, ` +
          `the answer to its own ask`,
      );
    }
    events.push(happened.event);
    now = happened.standing;
    for (const [index, effect] of happened.effects.entries()) {
      const kind = now.chart.effects.get(effect.type)?.kind;
      if (kind === undefined) throw new Error(`Cannot carry out ${effect.type}: nobody defines it`);
      if (kind === "ask") {
        if (++asked > ASKS_MAX) throw new Error(`${now.chart.id} asks more than ${ASKS_MAX} times`);
        queue.push(await ask(effect));
      } else if (isEffect(toast, effect)) {
        toasts.push(effect.params.text);
      } else {
        tasks.push(taskOf(occasion, happened.event, index, effect, kind));
      }
    }
  }
  return { events, tasks, toasts, standing: now };
}

/** One fact as it happens; null where the chart does not permit it. */
function happen(occasion: Occasion, standing: Standing, proposed: Fact) {
  const { chart } = standing;
  const version = standing.version + 1;
  const fact = checkFact(proposed, `${occasion.stream} version ${version}`);
  const heard = { ...fact, at: occasion.at, version };
  if (!permits(standing.snapshot, heard)) return null;
  const { snapshot, effects } = step(chart.machine, standing.snapshot, heard);
  return { ...record(occasion, standing, fact, { chart, snapshot, effects }), effects };
}

/** The fact by which a newer chart takes a dialogue over; null where it need not or cannot. */
export function upgrade(occasion: Occasion, standing: Standing, chart: Chart) {
  const takeOver = chart.takesOver[standing.chart.id];
  if (standing.version === 0 || standing.chart.id === chart.id || !takeOver) return null;
  const state = toJson(takeOver(persist(standing.snapshot))) as Json;
  const snapshot = restore(chart.machine, state);
  const taken = { type: "ChartUpgraded", from: standing.chart.id, to: chart.id, state };
  const fact = checkFact(taken, `${occasion.stream} version ${standing.version + 1}`);
  return record(occasion, standing, fact, { chart, snapshot, effects: [] });
}

/** The row of a fact after which the dialogue stands as `after` says, linked to the one before. */
function record(
  occasion: Occasion,
  before: Standing,
  { type, ...data }: Fact,
  after: { chart: Chart; snapshot: Snapshot; effects: readonly Effect[] },
): { event: NewEvent; standing: Standing } {
  const { chart, snapshot, effects } = after;
  const version = before.version + 1;
  const unhashed: Omit<NewEvent, "hash"> = {
    id: occasion.newId(),
    stream: occasion.stream,
    version,
    type,
    schema_version: definitions.get(type)?.version ?? 1,
    // Checked by its schema: plain JSON.
    data: data as Record<string, Json>,
    at: occasion.at,
    causation: occasion.cause,
    correlation: occasion.correlation,
    machine: chart.id,
    effects: effects as readonly (Effect & Json)[],
    state_hash: hashState(snapshot),
    prev_hash: before.hash,
  };
  const hash = hashEvent(unhashed);
  return { event: { ...unhashed, hash }, standing: { version, hash, chart, snapshot } };
}

/** An effect as a task: sends in the dialogue's lane, everything else in a lane of its own. */
function taskOf(
  occasion: Occasion,
  event: NewEvent,
  index: number,
  effect: Effect,
  kind: Exclude<EffectKind, "ask">,
): NewTask {
  const { stream, correlation, at } = occasion;
  const id = `${stream}:${event.version}:${index}`;
  return {
    effect: id,
    lane: kind === "send" ? stream : id,
    kind,
    stream,
    payload: { effect: effect as Effect & Json, fact: event.id },
    correlation,
    due_at: isEffect(startTimer, effect) ? at + effect.params.after_ms : at,
  };
}

/** Plain JSON, without the fields that are undefined. */
function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value));
}
