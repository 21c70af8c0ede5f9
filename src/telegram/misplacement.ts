/** What it means where Telegram refuses not what is said, but where. */
import { GrammyError } from "grammy";
import type { Address } from "./destination.ts";
import type { Step } from "./step.ts";

/** What is wrong with the place. */
export type Misplacement =
  /** The group is a supergroup by now; null where Telegram does not say which. */
  | { is: "moved"; now: number | null }
  /** The topic is closed or gone. */
  | { is: "no topic" }
  /** The message that would be answered cannot be. */
  | { is: "no reply" }
  /** The bot may say nothing in this chat, though it is there. */
  | { is: "silenced" };

const MOVED = /group chat was upgraded/i;
const TOPIC = /message thread not found|TOPIC_(?:CLOSED|DELETED|ID_INVALID|HIDDEN)/i;
const REPLY = /message to be replied not found|REPLY_MESSAGE_ID_INVALID/i;
const SILENCED = new RegExp(
  [
    "not enough rights to send text messages",
    "have no rights to send a message",
    "need administrator rights in the channel",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_RESTRICTED",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "CHAT_GUEST_SEND_FORBIDDEN",
  ].join("|"),
  "i",
);

/** A step that says something new. */
export type SpeakingStep = Extract<Step, { does: "say" | "show" | "send" }>;

/** Whether a step says something new, which has to be said somewhere. */
export const speaks = (step: Step): step is SpeakingStep =>
  step.does === "say" || step.does === "show" || step.does === "send";

/** Null for any other refusal, and for what is none of Telegram's. */
export function misplacementOf(error: unknown, { thread, reply }: Address): Misplacement | null {
  if (!(error instanceof GrammyError)) return null;
  const { description, parameters, error_code } = error;
  if (error_code !== 400 && error_code !== 403) return null;
  const { migrate_to_chat_id = null } = parameters;
  if (migrate_to_chat_id !== null || MOVED.test(description)) {
    return { is: "moved", now: migrate_to_chat_id };
  }
  // Without a topic this is General, and nothing is left of the chat to speak in.
  if (TOPIC.test(description)) return { is: thread === undefined ? "silenced" : "no topic" };
  if (REPLY.test(description) && reply !== undefined) return { is: "no reply" };
  return SILENCED.test(description) ? { is: "silenced" } : null;
}
