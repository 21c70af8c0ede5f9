/** The outbox at work: what is committed is carried out, in order per lane, at least once. */
import { deadline, delay } from "@std/async";
import { LRUCache } from "lru-cache";
import pLimit from "p-limit";
import { cleanText } from "../base/clean_text.ts";
import type { Json } from "../base/json.ts";
import { placeIn } from "../../events/envelope.ts";
import { readDialogueStream } from "../../events/stream.ts";
import type { Fact } from "../../events/facts.ts";
import { type Effect, isEffect } from "../../machines/flow/effect.ts";
import { startTimer, tell } from "../../machines/flow/kit_effects.ts";

import { groupCommit } from "../store/group_commit.ts";
import type { NewTask } from "../store/append.ts";
import type { FinishedTask, OutboxTable, SlotMessage, Task } from "../store/outbox.ts";
import { StoreUnavailable } from "../store/store_unavailable.ts";
import type { Answer } from "./engine.ts";
import type { Handled } from "./incoming.ts";
import { openTurns } from "./turns.ts";

/** The outcome of delivering a message. */
export type DeliveryOutcome =
  | { is: "done"; answer: Json; kept: readonly SlotMessage[]; cleared: readonly SlotMessage[] }
  | { is: "retry"; after_ms: number; error: string }
  | { is: "unreachable"; answer: Json };

export interface DeliveryOptions {
  table: OutboxTable;
  /** This process, as `outbox.owner`. */
  owner: string;
  send: (task: Task, signal: AbortSignal) => Promise<DeliveryOutcome>;
  /** Does a job and says the fact that answers it; throws to be asked again. */
  work: (effect: Effect, task: Task, signal: AbortSignal) => Promise<Fact>;
  /** Whether a job only waits for others and holds nothing: it needs no turn. None does unless told. */
  isPatient?: (effect: Effect) => boolean;
  answer: (answer: Answer) => Promise<Handled>;
  /** The person of this stream cannot be written to. */
  onUnreachable: (stream: string) => Promise<void>;
  onTrouble: (task: Pick<Task, "effect">, error: unknown) => void;
  now: () => number;
}

export interface Delivery {
  /** Takes what was just committed; never waits. */
  offer(tasks: readonly NewTask[], assigned: ReadonlyMap<string, Json>): void;
  /** What a projection decided about a fact that this process appended lately. */
  assigned(fact: string): Json | undefined;
  /** Takes over what nobody alive works on, now and every second from now on. */
  start(): Promise<void>;
  /** Ends: what is under way gets `grace_ms`, the rest stays in the table. */
  stop(grace_ms: number): Promise<void>;
  /** Resolves when nothing is held in memory. */
  idle(): Promise<void>;
}

/** When to try again, and why. */
interface Again {
  after_ms: number;
  error: string;
}

const SWEEP_MS = 1_000;
/** Jobs that are due later than this stay in the table until then. */
const HORIZON_MS = 60_000;
const SENDS_MAX = 30;
/** Each may hold a file that somebody sent. */
const JOBS_MAX = 4;
const PATIENT_MAX = 200;
const RETRY_MS = 1_000;
const RETRY_MAX_MS = 60_000;

export function openDelivery(options: DeliveryOptions): Delivery {
  const { table, owner, now } = options;
  const lanes = new Map<string, Task[]>();
  const held = new Set<string>();
  /** What was let go since the table was last asked: an answer on its way may still name it. */
  const dropped = new Set<string>();
  const assignedByFact = new LRUCache<string, NonNullable<Json>>({ max: 10_000 });
  const sends = pLimit(SENDS_MAX);
  /** For answers to taps, which must not wait for chats that are stuck. */
  const taps = pLimit(SENDS_MAX);
  /** For timers and tells, which are over at once and must not wait for work. */
  const answers = pLimit(SENDS_MAX);
  const jobs = openTurns(JOBS_MAX);
  const patient = pLimit(PATIENT_MAX);
  // First nothing new is begun, then what is under way is broken off.
  const ending = new AbortController();
  const stopping = new AbortController();
  let sweeper: Promise<void> | null = null;
  let idlers: (() => void)[] = [];

  const finishing = groupCommit<FinishedTask, true>({
    keyOf: ({ effect }) => effect,
    flush: async (batch) => {
      await table.finish(batch);
      return batch.map(() => true as const);
    },
    retriesAlone: (error) => !(error instanceof StoreUnavailable),
    // Nobody waits for it but the next message of the same chat.
    flights_max: 1,
  });

  function hold(task: Task): void {
    if (held.has(task.effect) || ending.signal.aborted) return;
    // A message is held however late it is due: those behind it in its lane must not overtake.
    if (task.kind === "job" && task.due_at > now() + HORIZON_MS) return;
    held.add(task.effect);
    const lane = lanes.get(task.lane);
    if (lane) {
      lane.push(task);
      return;
    }
    lanes.set(task.lane, [task]);
    void drain(task.lane);
  }

  /** Carries out one lane's tasks, one after the other. */
  async function drain(name: string): Promise<void> {
    const lane = lanes.get(name) ?? [];
    for (let task = lane[0]; task && !ending.signal.aborted; task = lane[0]) {
      try {
        await carryOut(task);
      } catch (error) {
        if (!ending.signal.aborted) options.onTrouble(task, error);
        // It stays in the table, and the sweeper finds it.
      }
      held.delete(task.effect);
      dropped.add(task.effect);
      lane.shift();
    }
    lanes.delete(name);
    if (lanes.size > 0) return;
    for (const resolve of idlers) resolve();
    idlers = [];
  }

  /** Carries a task out, again and again until it is done or the process ends. */
  async function carryOut(task: Task): Promise<void> {
    for (;;) {
      const wait_ms = task.due_at - now();
      if (wait_ms > 0) await delay(wait_ms, { signal: ending.signal });
      const again = await inTurn(task, () => attempt(task));
      if (again === null) return;
      // Broken off: it stays as it is, for the next process.
      stopping.signal.throwIfAborted();
      task.attempts++;
      task.due_at = Math.ceil(now() + again.after_ms);
      await insist(() => table.postpone(task.effect, task.due_at, cleanText(again.error)));
    }
  }

  /** As many at once as there may be of its kind. */
  function inTurn<Result>(task: Task, work: () => Promise<Result>): Promise<Result> {
    if (task.kind === "send") return task.lane === task.stream ? sends(work) : taps(work);
    if (isWork(task) && options.isPatient?.(effectOf(task))) return patient(work);
    return isWork(task) ? jobs.run(causerOf(task), work) : answers(work);
  }

  /** One try; null where the task is done. */
  async function attempt(task: Task): Promise<Again | null> {
    ending.signal.throwIfAborted();
    try {
      return task.kind === "send" ? await attemptSend(task) : await attemptAnswer(task);
    } catch (error) {
      stopping.signal.throwIfAborted();
      options.onTrouble(task, error);
      const after_ms = Math.min(RETRY_MAX_MS, RETRY_MS * 2 ** task.attempts) *
        (0.5 + Math.random() / 2);
      return { after_ms, error: String(error) };
    }
  }

  async function attemptSend(task: Task): Promise<Again | null> {
    const outcome = await options.send(task, stopping.signal);
    if (outcome.is === "retry") return outcome;
    if (outcome.is === "unreachable") await insist(() => options.onUnreachable(task.stream));
    const { kept, cleared } = outcome.is === "done" ? outcome : { kept: [], cleared: [] };
    await finish({ effect: task.effect, answer: outcome.answer, kept, cleared });
    return null;
  }

  async function attemptAnswer(task: Task): Promise<null> {
    const { effect } = task.payload as { readonly effect: Effect & Json };
    const fact = await factFor(effect, task);
    const stream = isEffect(tell, effect) ? effect.params.stream : task.stream;
    const { correlation } = task;
    const cause = `effect:${task.effect}`;
    const place = stream === task.stream ? placeIn(task.payload) : undefined;
    const answer = { cause, correlation, stream, fact, at: now(), ...place && { place } };
    const handled = await options.answer(answer);
    await finish({ effect: task.effect, answer: { handled }, kept: [], cleared: [] });
    return null;
  }

  async function factFor(effect: Effect, task: Task): Promise<Fact> {
    if (isEffect(startTimer, effect)) {
      return { type: "TimerFired", callId: effect.params.callId };
    }
    if (isEffect(tell, effect)) return effect.params.fact;
    return await options.work(effect, task, stopping.signal);
  }

  /** What was sent must be known as sent, if need be without what came of it. */
  async function finish(done: FinishedTask): Promise<void> {
    try {
      await insist(() => finishing.submit(done));
    } catch (error) {
      stopping.signal.throwIfAborted();
      options.onTrouble(done, error);
      const { effect } = done;
      await insist(() => finishing.submit({ effect, answer: null, kept: [], cleared: [] }));
    }
  }

  /** Waits for the database as long as the process lives. */
  async function insist(work: () => Promise<unknown>): Promise<void> {
    for (let tries = 0;; tries++) {
      try {
        await work();
        return;
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await delay(Math.min(5_000, 100 * 2 ** tries), { signal: stopping.signal });
      }
    }
  }

  async function sweep(): Promise<void> {
    dropped.clear();
    const tasks = await table.claim(owner, [...held], now() + HORIZON_MS);
    for (const task of tasks) if (!dropped.has(task.effect)) hold(task);
  }

  async function sweepForever(): Promise<void> {
    while (!ending.signal.aborted) {
      await delay(SWEEP_MS, { signal: ending.signal }).catch(() => undefined);
      if (ending.signal.aborted) return;
      await sweep().catch((error) => options.onTrouble({ effect: "sweep" }, error));
    }
  }

  const idle = (): Promise<void> =>
    lanes.size === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve));

  return {
    offer(tasks, assigned) {
      for (const [fact, decided] of assigned) {
        if (decided !== null) assignedByFact.set(fact, decided);
      }
      for (const task of tasks) hold({ ...task, attempts: 0, from_here: true });
    },
    assigned: (fact) => assignedByFact.get(fact),
    async start() {
      await sweep().catch((error) => {
        if (!(error instanceof StoreUnavailable)) throw error;
        options.onTrouble({ effect: "sweep" }, error);
      });
      sweeper = sweepForever();
    },
    async stop(grace_ms) {
      ending.abort(new Error("The process is ending"));
      await deadline(idle(), grace_ms).catch(() => undefined);
      stopping.abort(new Error("The process is ending"));
      await idle();
      await sweeper;
      await finishing.idle();
    },
    idle,
  };
}

/** Whether it is somebody's work: all jobs but timers are. */
function isWork(task: Task): boolean {
  return task.kind === "job" && !isEffect(startTimer, effectOf(task));
}

function effectOf({ payload }: Task): Effect & Json {
  return (payload as { readonly effect: Effect & Json }).effect;
}

/** The person, whichever of their dialogues it is of. */
const causerOf = ({ stream }: Task): string => readDialogueStream(stream)?.person ?? stream;
