/**
 * What `LOG_LEVEL=debug` and `trace` tell: who waited for what, and for how long. Ids and kinds
 * only: never a name, a token, a code or a word that somebody wrote.
 */
import type { Api } from "grammy";
import type { Json } from "../base/json.ts";
import { logOf } from "../base/log.ts";
import type { DeliveryOptions } from "../runtime/delivery.ts";
import type { Engine } from "../runtime/engine.ts";
import type { Log } from "../store/log.ts";
import { updateIdOf } from "../telegram/read_update.ts";

const since = (begun: number): number => Math.round(performance.now() - begun);

/** Tells every call of the Bot API; a poll that brought nothing is told at `trace`. */
export function tellCalls(api: Api): void {
  const lines = logOf("telegram");
  api.config.use(async (call, method, payload, signal) => {
    const begun = performance.now();
    try {
      const answer = await call(method, payload, signal);
      const ms = since(begun);
      if (method !== "getUpdates" || !answer.ok) {
        const is = answer.ok ? "ok" : answer.error_code;
        lines.debug("Called {method}: {is} after {ms} ms", { method, ms, is });
      } else if (isEmpty(answer.result)) {
        lines.trace("Polled for {ms} ms: nothing new", { ms });
      } else {
        lines.debug("Polled for {ms} ms: updates {ids}", () => ({
          ...{ ms, ids: updateIds(answer.result) },
        }));
      }
      return answer;
    } catch (error) {
      const reason = error instanceof Error ? error.name : "unknown";
      lines.debug("Called {method}: no answer ({reason}) after {ms} ms", {
        ...{ method, reason, ms: since(begun) },
      });
      throw error;
    }
  });
}

const isEmpty = (result: unknown): boolean => Array.isArray(result) && result.length === 0;

function updateIds(result: unknown): (number | null)[] {
  return Array.isArray(result) ? result.map(updateIdOf) : [];
}

/** Tells of each update what it was and what became of it. */
export const tellHandling = (handle: Engine["handle"]): Engine["handle"] => async (incoming) => {
  const begun = performance.now();
  const { cause, stream, input } = incoming;
  logOf("runtime").trace("Update {cause} is a {kind} in {stream}", {
    ...{ cause, stream, kind: input.kind },
  });
  const became = await handle(incoming);
  logOf("runtime").debug("Update {cause}, a {kind} in {stream}: {became} after {ms} ms", {
    ...{ cause, stream, kind: input.kind, became, ms: since(begun) },
  });
  return became;
};

/** Tells of each decision which facts it made, and what is to be done for them. */
export const tellingLog = (log: Log): Log => ({
  ...log,
  async append(append) {
    const begun = performance.now();
    const appended = await log.append(append);
    logOf("store").debug(
      "Decided for {cause} in {stream}: facts {facts}, tasks {tasks}: {is} after {ms} ms",
      () => ({
        cause: append.cause,
        stream: append.stream,
        facts: append.events.map(({ type }) => type),
        tasks: append.tasks.map(({ payload }) => effectIn(payload)),
        is: appended.is,
        ms: since(begun),
      }),
    );
    return appended;
  },
  async read(stream, version) {
    const begun = performance.now();
    const rows = await log.read(stream, version);
    logOf("store").trace("Read {facts} facts of {stream} after {version} in {ms} ms", {
      ...{ stream, version, facts: rows.length, ms: since(begun) },
    });
    return rows;
  },
});

/** The name of an effect, which is all that is told of it. */
function effectIn(payload: Json): string {
  const inner = field(payload, "effect") ?? payload;
  const type = field(inner, "type");
  return typeof type === "string" ? type : "unknown";
}

function field(value: Json, name: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

/** Tells of each message and each job what became of it. */
export const tellingTasks = (
  { send, work }: Pick<DeliveryOptions, "send" | "work">,
): Pick<DeliveryOptions, "send" | "work"> => ({
  async send(task, signal) {
    const begun = performance.now();
    const outcome = await send(task, signal);
    logOf("telegram").debug("Sent {effect} ({type}): {is} after {ms} ms", () => ({
      effect: task.effect,
      type: effectIn(task.payload),
      is: outcome.is,
      ms: since(begun),
    }));
    return outcome;
  },
  async work(effect, task, signal) {
    const begun = performance.now();
    const fact = await work(effect, task, signal);
    logOf("runtime").debug("Did {effect} ({type}): {fact} after {ms} ms", {
      ...{ effect: task.effect, type: effect.type, fact: fact.type, ms: since(begun) },
    });
    return fact;
  },
});
