/** What it means when a Bot API call fails, in words that are fit for a log. */
import { GrammyError, HttpError } from "grammy";
import { backoff } from "../base/backoff.ts";

export type Failure =
  /** Later it may work. `after_ms` is null where Telegram names no time. */
  | { is: "passing"; after_ms: number | null; words: string }
  /** The person cannot be written to. */
  | { is: "unreachable"; words: string }
  /** It has become pointless in the course of things. */
  | { is: "normal"; words: string }
  /** The call was wrong: a mistake of ours. */
  | { is: "defect"; words: string };

const NORMAL = new RegExp(
  [
    "query is too old",
    "query ID is invalid",
    "message to (?:edit|delete) not found",
    "message is not modified",
    "message can't be deleted",
    "MESSAGE_ID_INVALID",
    "group chat was upgraded to a supergroup",
  ].join("|"),
  "i",
);
/** What may not be said in a chat, where other things may. */
const FORBIDDEN_KIND = /CHAT_SEND_\w+_FORBIDDEN/;

/** What asks for longer is asked again: by then it may be otherwise. */
const RETRY_AFTER_MAX_S = 3_600;

function waitOf(retry_after: unknown): number | null {
  if (typeof retry_after !== "number" || !(retry_after > 0)) return null;
  return Math.min(retry_after, RETRY_AFTER_MAX_S) * 1_000;
}

/** Null for an error that is none of Telegram's nor of the way there. */
export function failureOf(error: unknown): Failure | null {
  // What such an error holds inside names the address, and with it the token: it stays inside.
  if (error instanceof HttpError) return { is: "passing", after_ms: null, words: error.message };
  if (!(error instanceof GrammyError)) return null;
  const { error_code, description, method, parameters } = error;
  const words = `${method}: ${error_code} ${description}`;
  if (error_code === 429) {
    return { is: "passing", after_ms: waitOf(parameters.retry_after), words };
  }
  // A refused token passes too: once it is corrected, the messages are expected to be delivered.
  if (error_code >= 500 || error_code === 401 || error_code === 404) {
    return { is: "passing", after_ms: null, words };
  }
  if (error_code === 403 && !FORBIDDEN_KIND.test(description)) return { is: "unreachable", words };
  return { is: NORMAL.test(description) ? "normal" : "defect", words };
}

/** Silence is longer than any wish of Telegram's may make it: nobody could tell it from a defect. */
const POLL_PAUSE_MAX_MS = 30_000;

/** How long what everybody waits for is left alone after it failed so often before, in ms. */
export function pollPause(failure: Failure | null, failures: number): number {
  const named_ms = failure?.is === "passing" ? failure.after_ms : null;
  return Math.min(named_ms ?? backoff(failures), POLL_PAUSE_MAX_MS);
}
