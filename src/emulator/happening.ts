/** What happens in a person's chat, told at once to whoever listens. */
import type { BotCommand, Message, ReplyKeyboardMarkup } from "grammy/types";
import type { Person } from "./emulator.ts";

export type Happening =
  | { name: "message" | "edited"; person: number; message: Message }
  | { name: "deleted"; person: number; message_ids: number[] }
  | { name: "toast"; person: number; text: string; alert: boolean }
  | { name: "answered"; person: number; callback_query_id: string; message_id: number }
  | { name: "typing"; person: number; action: string }
  | { name: "commands"; person: number; commands: readonly BotCommand[] }
  | { name: "keyboard"; person: number; keyboard: ReplyKeyboardMarkup | null }
  | { name: "person"; person: Person }
  | { name: "clock"; now_ms: number };

/** Who listens. A listener must not throw. */
export class Happenings {
  readonly #listeners = new Set<(happening: Happening) => void>();

  tell(happening: Happening): void {
    for (const listener of [...this.#listeners]) listener(happening);
  }

  /** Answers how to stop. */
  listen(listener: (happening: Happening) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
