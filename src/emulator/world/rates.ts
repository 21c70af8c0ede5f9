/** How fast a bot may send, when somebody wants to see what happens to one that is too fast. */
import type { WorldChat } from "../model/chat.ts";
import { Refusal } from "../model/refusal.ts";

const all_per_second = 30;
const group_per_minute = 20;

/** When the last messages went out, in milliseconds on the emulator's clock. */
export class Rates {
  on = false;
  #all: number[] = [];
  readonly #chats = new Map<number, number[]>();

  /** Counts `count` messages into a chat, or says how many seconds too early they are. */
  admit(
    { id, kind }: Pick<WorldChat, "id" | "kind">,
    count: number,
    now_ms: number,
  ): number | undefined {
    if (!this.on) return undefined;
    const chat = recent(this.#chats.get(id) ?? [], now_ms, 60_000);
    const isGroup = kind === "group" || kind === "supergroup";
    this.#all = recent(this.#all, now_ms, 1000);
    const waits = [
      wait(chat, 1, now_ms, 1000),
      isGroup ? wait(chat, group_per_minute, now_ms, 60_000) : 0,
      wait(this.#all, all_per_second, now_ms, 1000),
    ];
    const wait_ms = Math.max(...waits);
    if (wait_ms > 0) return Math.ceil(wait_ms / 1000);
    // An album goes out at once, and counts as what it holds.
    for (let i = 0; i < count; i++) {
      chat.push(now_ms);
      this.#all.push(now_ms);
    }
    this.#chats.set(id, chat);
    return undefined;
  }
}

/** How many messages a call of this method sends; 0 when it sends none. */
export function messagesOf(method: string, params: Readonly<Record<string, unknown>>): number {
  if (method === "sendChatAction" || !/^(send|forwardMessage|copyMessage)/.test(method)) return 0;
  const several = params.media ?? params.message_ids;
  return Array.isArray(several) ? Math.max(1, several.length) : 1;
}

/** 429 in the real server's words. */
export function tooFast(retry_after: number): Refusal {
  return new Refusal(429, `Too Many Requests: retry after ${retry_after}`, { retry_after });
}

function recent(times: readonly number[], now_ms: number, window_ms: number): number[] {
  return times.filter((time) => time > now_ms - window_ms);
}

/** Until fewer than `max` of them lie within the window. */
function wait(times: readonly number[], max: number, now_ms: number, window_ms: number): number {
  const nth = times[times.length - max];
  return nth === undefined ? 0 : nth + window_ms - now_ms;
}
