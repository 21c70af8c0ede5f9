/** What happens on a person's phone, told at once to all listeners. */
import type {
  BotCommand,
  InlineQueryResult,
  InlineQueryResultsButton,
  Message,
  ReplyKeyboardMarkup,
} from "grammy/types";
import type { ChatView, ReactionView } from "./chat_view.ts";
import type { Person } from "./person.ts";

/** `person` is whose phone shows it; what is of a chat names it, and is told to each who sees it. */
export type PhoneEvent =
  | { name: "message" | "edited"; person: number; chat: number; message: Message }
  | { name: "deleted"; person: number; chat: number; message_ids: number[] }
  | {
    name: "toast";
    person: number;
    chat: number;
    callback_query_id: string;
    text: string;
    alert: boolean;
    url?: string;
  }
  | {
    name: "answered";
    person: number;
    chat: number;
    callback_query_id: string;
    message_id: number;
  }
  | { name: "typing"; person: number; chat: number; action: string }
  | { name: "commands"; person: number; chat: number; commands: readonly BotCommand[] }
  | { name: "keyboard"; person: number; chat: number; keyboard: ReplyKeyboardMarkup | null }
  | { name: "chat"; person: number; chat: number; view: ChatView }
  | { name: "gone"; person: number; chat: number }
  | {
    name: "reactions";
    person: number;
    chat: number;
    message_id: number;
    reactions: ReactionView[];
  }
  | {
    name: "inline_results";
    person: number;
    chat: number;
    inline_query_id: string;
    results: readonly InlineQueryResult[];
    next_offset: string;
    button?: InlineQueryResultsButton;
  }
  | { name: "person"; person: Person }
  | { name: "clock"; now_ms: number }
  | { name: "reset" };

/** Who listens. A listener must not throw. */
export class PhoneEvents {
  readonly #listeners = new Set<(phoneEvent: PhoneEvent) => void>();

  emit(phoneEvent: PhoneEvent): void {
    for (const listener of [...this.#listeners]) listener(phoneEvent);
  }

  /** Answers how to stop. */
  listen(listener: (phoneEvent: PhoneEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
