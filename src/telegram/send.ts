/** Carries send tasks out: renders each, makes its calls, says what came of it. Never throws. */
import type { Api } from "grammy";
import { z } from "zod";
import { isEffect } from "../../machines/flow/effect.ts";
import { clear } from "../../machines/flow/kit_effects.ts";
import { backoff } from "../base/backoff.ts";
import type { Json } from "../base/json.ts";
import { logOf } from "../base/log.ts";
import { callSignal } from "./api.ts";
import { failureOf } from "./failure.ts";
import { sendFile } from "./files.ts";
import { markupOf } from "./keyboard.ts";
import { type SendDeps, showPictures } from "./pictures.ts";
import { openProgress, type Work } from "./progress.ts";
import type { Render } from "./render.ts";
import { type BotCall, Unrenderable } from "./bot_call.ts";
import type { Logger, PhotoFiles, SlotMessage } from "./sources.ts";

export interface SenderOptions {
  api: Api;
  render: Render;
  photos: PhotoFiles;
  log?: Logger;
}

export interface SendTask {
  effect: string;
  stream: string;
  payload: Json;
  /** How often it has failed. */
  attempts: number;
}

/** `answer` holds message ids or the refusal's description, never what was sent. */
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
});

/** Tries after which an error that is not Telegram's is taken for a mistake of ours. */
const TRIES_MAX = 20;

export function openSender(options: SenderOptions): Sender {
  const { api, render, photos, log = logOf("telegram") } = options;
  const deps: SendDeps = { api, photos, log };
  const progress = openProgress();

  async function begin(task: SendTask): Promise<Work | SendOutcome> {
    const payload = SendPayload.safeParse(task.payload);
    if (!payload.success) {
      const places = payload.error.issues.map(({ path, code }) => `${path.join(".")} ${code}`);
      throw new Unrenderable(`Cannot read the payload: ${places.join(", ")}`);
    }
    const { effect, fact } = payload.data;
    const rendered = await render(effect, { stream: task.stream, fact });
    if (rendered.is === "nothing") return done({ nothing: rendered.answer });
    const { calls } = rendered;
    const cleared = isEffect(clear, effect)
      ? clearedBy(calls, { stream: task.stream, slot: effect.params.slot })
      : [];
    return { calls, done: 0, messages: [], kept: [], cleared };
  }

  async function send(task: SendTask, signal: AbortSignal): Promise<SendOutcome> {
    try {
      const begun = progress.get(task.effect) ?? await begin(task);
      if ("is" in begun) return begun;
      progress.set(task.effect, begun);
      await goOn(deps, task, begun, signal);
      progress.delete(task.effect);
      const { messages, kept, cleared } = begun;
      return { ...done({ messages }), kept, cleared };
    } catch (error) {
      const outcome = outcomeOf(log, task, error, signal);
      if (outcome.is !== "retry") progress.delete(task.effect);
      return outcome;
    }
  }

  return { send };
}

/** Makes the calls that are not made yet. */
async function goOn(
  deps: SendDeps,
  task: SendTask,
  work: Work,
  signal: AbortSignal,
): Promise<void> {
  for (; work.done < work.calls.length; work.done++) {
    const call = work.calls[work.done];
    if (!call) continue;
    const messages = await perform(deps, call, signal);
    work.messages.push(...messages);
    if (call.does === "edit" && call.release) {
      const { slot, chat, message } = call;
      work.cleared.push({ stream: task.stream, slot, chat, message });
    }
    if (call.does !== "say" || call.slot === null) continue;
    const { slot, chat } = call;
    const { stream } = task;
    work.kept.push(...messages.map((message) => ({ stream, slot, chat, message })));
  }
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

/** Makes one call; answers the ids of the messages that it sent. Normal refusals are no errors. */
async function perform(
  deps: SendDeps,
  call: BotCall,
  signal: AbortSignal,
): Promise<number[]> {
  const { raw } = deps.api;
  const until = callSignal(signal);
  try {
    switch (call.does) {
      case "say": {
        const message = await raw.sendMessage({
          chat_id: call.chat,
          text: call.html,
          parse_mode: "HTML",
          link_preview_options: { is_disabled: true },
          ...markupOf(call.keyboard),
        }, until);
        return [message.message_id];
      }
      case "show":
        return await showPictures(deps, call, signal);
      case "send":
        return await sendFile(deps.api, call, signal);
      case "edit":
        await raw.editMessageText({
          chat_id: call.chat,
          message_id: call.message,
          text: call.html,
          parse_mode: "HTML",
          link_preview_options: { is_disabled: true },
        }, until);
        return [];
      case "delete":
        await raw.deleteMessages({
          chat_id: call.chat,
          message_ids: [...call.messages],
        }, until);
        return [];
      case "commands": {
        const scope = { type: "chat", chat_id: call.chat } as const;
        await raw.setMyCommands({ scope, commands: [...call.commands] }, until);
        return [];
      }
      case "answer":
        await raw.answerCallbackQuery({
          callback_query_id: call.query,
          ...call.text !== null && { text: call.text },
        }, until);
        return [];
    }
  } catch (error) {
    const failure = failureOf(error);
    if (failure?.is !== "normal") throw error;
    deps.log.info("Nothing to do any more: {words}", { words: failure.words });
    return [];
  }
}

/** An error that is not Telegram's: the sources' own, which name no token and no person. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "unknown";
}
