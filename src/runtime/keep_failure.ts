/** Keeps updates whose handling failed, so that none of them stops those that come after it. */
import { cleanText, cutText } from "../base/clean_text.ts";
import type { Json } from "../base/json.ts";
import type { NewTask } from "../store/append.ts";
import type { Log } from "../store/log.ts";
import { isOfRequest } from "../store/refused_values.ts";
import { StoreUnavailable } from "../store/store_unavailable.ts";
import type { Handled, Incoming } from "./incoming.ts";
import { answerTap, apologize } from "./reply_tasks.ts";

export interface FailureOptions {
  log: Log;
  /** Given what was committed, to be carried out. */
  deliver: (tasks: readonly NewTask[], assigned: ReadonlyMap<string, Json>) => void;
  /** Seals an update that failed, to be kept for another try. */
  sealFailure: (incoming: Incoming) => Promise<string>;
  onFailure: (reference: string, stream: string, error: unknown) => void;
  /** Told of an update of which nothing could be kept, not even that it failed. */
  onLoss: (cause: string, error: unknown) => void;
  newReference: () => string;
}

const ERROR_MAX = 2_000;

/** Throws only where the database is not well: then it is tried again, and nothing confirmed. */
export function openFailures(
  options: FailureOptions,
): (incoming: Incoming, error: unknown) => Promise<Handled> {
  const { log, deliver } = options;

  /** Commits the failure itself; where that fails too, without what came. Never stops the rest. */
  async function fail(incoming: Incoming, error: unknown): Promise<Handled> {
    try {
      const payload = await options.sealFailure(incoming).catch(keepNothing);
      return await keepFailure(incoming, error, payload, answerTap(incoming, null));
    } catch (refused) {
      if (refused instanceof StoreUnavailable) throw refused;
    }
    try {
      const { place: _, ...bare } = incoming;
      return await keepFailure(bare, error, "", []);
    } catch (refused) {
      if (refused instanceof StoreUnavailable) throw refused;
      if (!isOfRequest(refused)) throw new StoreUnavailable(String(refused), { cause: refused });
      options.onLoss(incoming.cause, refused);
      return "lost";
    }
  }

  /** With an apology that carries the reference. */
  async function keepFailure(
    incoming: Incoming,
    error: unknown,
    payload: string,
    answers: readonly NewTask[],
  ): Promise<Handled> {
    const { cause, stream } = incoming;
    const reference = options.newReference();
    const tasks = [...answers, apologize(incoming, reference)];
    const words = cutText(cleanText(describeBriefly(error)), ERROR_MAX);
    const failure = { reference, payload, error: words };
    const appended = await log.append({ stream, expected: 0, events: [], cause, tasks, failure });
    // A repeated update: the result of the first time stands.
    if (appended.is !== "appended") return "duplicate";
    options.onFailure(reference, stream, error);
    deliver(tasks.filter(({ effect }) => !appended.waiting.has(effect)), appended.assigned);
    return "failed";
  }

  return fail;
}

/** Not every value has words. */
function describeBriefly(error: unknown): string {
  try {
    return String(error);
  } catch {
    return "an error without words";
  }
}

/** What cannot be sealed, because its person was forgotten, is not kept. */
function keepNothing(error: unknown): string {
  if (error instanceof StoreUnavailable) throw error;
  return "";
}
