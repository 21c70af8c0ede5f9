/** Carries send tasks out: renders each, makes its calls, says what came of it. Never throws. */
import type { Api } from "grammy";
import { z } from "zod";
import { Place } from "../../events/envelope.ts";
import { readDialogueStream } from "../../events/stream.ts";
import { isEffect } from "../../machines/flow/effect.ts";
import { clear, say } from "../../machines/flow/kit_effects.ts";
import { kitWords } from "../../machines/flow/kit_words.ts";
import { backoff } from "../base/backoff.ts";
import type { Json } from "../base/json.ts";
import { logOf } from "../base/log.ts";
import { type Address, addressIn } from "./destination.ts";
import { failureOf } from "./failure.ts";
import { misplacementOf, speaks } from "./misplacement.ts";
import { perform } from "./perform.ts";
import type { SendDeps, Sent } from "./pictures.ts";
import { openProgress, type Work } from "./progress.ts";
import { type Misplaced, type Places, readdress } from "./readdress.ts";
import type { Render } from "./render.ts";
import { type BotCall, Unrenderable } from "./bot_call.ts";
import type { Logger, PhotoFiles, SlotMessage } from "./sources.ts";
import { type Step, stepsAfter, stepsInstead, type Trouble } from "./step.ts";

export interface SenderOptions {
  api: Api;
  render: Render;
  photos: PhotoFiles;
  places: Places;
  log?: Logger;
}

export interface SendTask {
  effect: string;
  stream: string;
  payload: Json;
  /** How often it has failed. */
  attempts: number;
  /** This process has queued it itself, and it never left. */
  from_here?: true;
}

/** `answer` holds message ids and what Telegram refused, never what was sent. */
export type SendOutcome =
  | { is: "done"; answer: Json; kept: SlotMessage[]; cleared: SlotMessage[] }
  | { is: "retry"; after_ms: number; error: string }
  | { is: "unreachable"; answer: Json };

export interface Sender {
  send(task: SendTask, signal: AbortSignal): Promise<SendOutcome>;
}

/** `fact` is the uuid of the fact that led here, or "" where none did. */
const SendPayload = z.object({
  effect: z.object({ type: z.string(), params: z.record(z.string(), z.unknown()) }),
  fact: z.string(),
  /** Absent where there is nothing to tell, and in older rows. */
  place: Place.optional().catch(undefined),
});
type SendPayload = z.infer<typeof SendPayload>;

/** Tries after which an error that is not Telegram's is taken for a mistake of ours. */
const TRIES_MAX = 20;

export function openSender(options: SenderOptions): Sender {
  const { api, render, photos, log = logOf("telegram") } = options;
  const deps: TakingDeps = { api, photos, log, ...options.places, sayHere };
  const progress = openProgress();

  async function sayHere({ stream }: Pick<SendTask, "stream">): Promise<readonly Step[]> {
    const { type } = say;
    const params = kitWords.say("answered_here", {});
    const rendered = await render({ type, params }, { stream, fact: "" });
    return rendered.is === "calls" ? rendered.calls : [];
  }

  async function begin(task: SendTask): Promise<Work | SendOutcome> {
    const { effect, fact, place } = payloadOf(task);
    const rendered = await render(effect, { stream: task.stream, fact });
    if (rendered.is === "nothing") return done({ nothing: rendered.answer });
    const { calls } = rendered;
    const cleared = isEffect(clear, effect)
      ? clearedBy(calls, { stream: task.stream, slot: effect.params.slot })
      : [];
    return {
      steps: [...calls],
      address: addressOf(task.stream, calls, place),
      done: 0,
      messages: [],
      kept: [],
      cleared,
      left_out: [],
      refused: [],
    };
  }

  async function send(task: SendTask, signal: AbortSignal): Promise<SendOutcome> {
    try {
      const begun = progress.get(task.effect) ?? await begin(task);
      if ("is" in begun) return begun;
      progress.set(task.effect, begun);
      for (let step = begun.steps[begun.done]; step; step = begun.steps[begun.done]) {
        await take(deps, { task, work: begun, step }, signal);
      }
      progress.delete(task.effect);
      const { kept, cleared } = begun;
      return { ...done(answerOf(begun)), kept, cleared };
    } catch (error) {
      const outcome = outcomeOf(log, task, error, signal);
      if (outcome.is !== "retry") progress.delete(task.effect);
      return outcome;
    }
  }

  return { send };
}

/** Throws `Unrenderable` for what no process of ours has queued. */
function payloadOf(task: SendTask): SendPayload {
  if (task.from_here) return task.payload as SendPayload & Json;
  const payload = SendPayload.safeParse(task.payload);
  if (payload.success) return payload.data;
  const places = payload.error.issues.map(({ path, code }) => `${path.join(".")} ${code}`);
  throw new Unrenderable(`Cannot read the payload: ${places.join(", ")}`);
}

/** Where these calls speak in the chat that the dialogue has today. */
function addressOf(stream: string, calls: readonly BotCall[], place: Place = {}): Address {
  const group = place.group ?? readDialogueStream(stream)?.group;
  const spoken = calls.find((call) => "chat" in call);
  if (!spoken) return {};
  return addressIn(spoken.chat, { ...place, ...typeof group === "number" && { group } });
}

/** What it takes to take steps. */
type TakingDeps = SendDeps & Parameters<typeof readdress>[0];

/** One step of a task. */
interface Taken {
  task: SendTask;
  work: Work;
  step: Step;
}

/**
 * Takes a step; where it is refused for good, what stands in for it comes next, and the messages
 * after it come all the same.
 */
async function take(deps: TakingDeps, taken: Taken, signal: AbortSignal): Promise<void> {
  const { task, work, step } = taken;
  const sent = await attempt(deps, taken, signal);
  if (sent.is === "misplaced") return await readdress(deps, { task, work, ...sent });
  const instead = sent.is === "sent" ? stepsAfter(step) : stepsInstead(step, sent);
  work.steps.splice(work.done + 1, 0, ...instead);
  work.done++;
  if (sent.is !== "sent") {
    if (instead.some((it) => it.does === "show" && it.fresh)) return;
    const left_out = leftOut(step, sent, instead);
    deps.log.warn("Cannot send a message of {effect} as it is: {left_out}", {
      effect: task.effect,
      left_out,
    });
    work.left_out.push(left_out);
    return;
  }
  work.messages.push(...sent.messages);
  const { stream } = task;
  if (step.does === "edit" && step.release) {
    const { slot, chat, message } = step;
    work.cleared.push({ stream, slot, chat, message });
  }
  if (step.does !== "say" && step.does !== "show") return;
  const { slot = null, chat } = step;
  if (slot === null) return;
  work.kept.push(...sent.messages.map((message) => ({ stream, slot, chat, message })));
}

/** A message that is a mistake of ours is given up alone. Throws where the task has to wait. */
async function attempt(
  deps: SendDeps,
  { task: { effect, attempts }, work, step }: Taken,
  signal: AbortSignal,
): Promise<Sent | { is: "misplaced" } & Pick<Misplaced, "step" | "why" | "words">> {
  try {
    return await perform(deps, { step, address: work.address }, signal);
  } catch (error) {
    const failure = failureOf(error);
    const why = misplacementOf(error, work.address);
    if (why && failure && speaks(step) && !signal.aborted) {
      return { is: "misplaced", step, why, words: failure.words };
    }
    if (signal.aborted || error instanceof Unrenderable) throw error;
    if (failure === null && attempts >= TRIES_MAX && bearsMedia(step)) {
      deps.log.error("Cannot send {effect}: {words}", { effect, words: wordsOf(error) });
      return { is: "missing", there: [] };
    }
    if (failure?.is !== "defect") throw error;
    deps.log.error("Cannot send {effect}: {words}", { effect, words: failure.words });
    work.refused.push(failure.words);
    return { is: "sent", messages: [] };
  }
}

const bearsMedia = ({ does }: Step): boolean => does === "show" || does === "send";

/** What was refused and what came of it, never what was sent. */
function leftOut(step: Step, trouble: Trouble, [first]: readonly Step[]): Json {
  const of = step.does === "send"
    ? [step.name]
    : step.does === "show"
    ? step.pictures.map((it) => "sha256" in it ? it.sha256 : it.called)
    : [];
  const why = trouble.is === "missing" ? "nowhere to be had" : trouble.refusal.words;
  const instead = first?.does === "show" ? first.as_file ? "file" : "pictures" : "words";
  return { of, why, instead: first ? instead : "nothing" };
}

/** What is kept of a task that is done. */
function answerOf({ messages, left_out, refused }: Work): Json {
  const why = refused.join("; ");
  return {
    ...(messages.length > 0 || refused.length === 0) && { messages },
    ...left_out.length > 0 && { left_out },
    ...refused.length > 0 && { refused: why },
  };
}

function outcomeOf(
  log: Logger,
  { attempts, effect }: SendTask,
  error: unknown,
  signal: AbortSignal,
): SendOutcome {
  if (signal.aborted) return { is: "retry", after_ms: 0, error: "broken off" };
  const failure = failureOf(error);
  const words = failure?.words ?? wordsOf(error);
  if (failure?.is === "passing") {
    return { is: "retry", after_ms: failure.after_ms ?? backoff(attempts), error: words };
  }
  if (failure?.is === "unreachable") return { is: "unreachable", answer: { refused: words } };
  if (failure === null && !(error instanceof Unrenderable) && attempts < TRIES_MAX) {
    return { is: "retry", after_ms: backoff(attempts), error: words };
  }
  log.error("Cannot send {effect}: {words}", { effect, words });
  return done({ refused: words });
}

const done = (answer: Json): SendOutcome & { is: "done" } => ({
  is: "done",
  answer,
  kept: [],
  cleared: [],
});

const clearedBy = (
  calls: readonly BotCall[],
  of: { stream: string; slot: string },
): SlotMessage[] =>
  calls.filter((call) => call.does === "delete").flatMap(({ chat, messages }) =>
    messages.map((message) => ({ ...of, chat, message }))
  );

/** An error that is not Telegram's: the sources' own, which name no token and no person. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
