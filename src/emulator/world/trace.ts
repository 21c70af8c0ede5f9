/** The record of what went between the bot and this server: calls and updates, in one order. */
import type { Update } from "grammy/types";
import type { ApiCall, TracedUpdate, UpdateState } from "../model/traffic.ts";
import { affectedIdsOf } from "./affected_ids.ts";

const calls_max = 50_000;
/** Answers are large: only those of the newest calls are kept. */
const results_max = 5000;
const updates_max = 10_000;

type News = { call: ApiCall } | { update: TracedUpdate };

/** `n` counts calls and updates together. Only the newest are kept. */
export class Trace {
  /** Oldest first. */
  readonly calls: ApiCall[] = [];
  readonly #updates = new Map<number, TracedUpdate>();
  readonly #listeners = new Set<(news: News) => void>();
  #n = 0;

  called(call: Omit<ApiCall, "n" | "chats" | "messages" | "queries">): void {
    const { result } = call;
    const traced = { n: ++this.#n, ...call, ...affectedIdsOf(call.params, result) };
    // A poll's updates are traced one by one.
    if (call.method === "getUpdates") delete traced.result;
    this.calls.push(traced);
    delete this.calls.at(-1 - results_max)?.result;
    if (this.calls.length > calls_max * 1.1) this.calls.splice(0, this.calls.length - calls_max);
    this.#emit({ call: traced });
  }

  /** Oldest first. */
  updates(): TracedUpdate[] {
    return [...this.#updates.values()];
  }

  update(update_id: number): TracedUpdate | undefined {
    return this.#updates.get(update_id);
  }

  arrived(update: Update, at: number, state: UpdateState): void {
    const { update_id, ...content } = update;
    const affected = affectedIdsOf(Object.values(content)[0]);
    const traced = { n: ++this.#n, at, update, state, deliveries: 0, ...affected };
    this.#updates.set(update_id, traced);
    if (this.#updates.size > updates_max) {
      for (const oldest of this.#updates.keys()) {
        this.#updates.delete(oldest);
        break;
      }
    }
    this.#emit({ update: traced });
  }

  /** The bot was given the update, or has confirmed it. */
  moved(update_id: number, state: "delivered" | "confirmed"): void {
    const traced = this.#updates.get(update_id);
    if (traced === undefined) return;
    traced.state = state;
    if (state === "delivered") traced.deliveries++;
    this.#emit({ update: traced });
  }

  /** What belongs to a message, a chat, or all of it; a tap brings its answer along. */
  about({ chat, message, since = 0 }: { chat?: number; message?: number; since?: number }) {
    const belongs = ({ n, chats, messages }: ApiCall | TracedUpdate) =>
      n > since && (chat === undefined || chats.includes(chat)) &&
      (message === undefined || messages.includes(message));
    const updates = this.updates().filter(belongs);
    const queries = new Set(updates.flatMap((update) => update.queries));
    const calls = this.calls.filter((call) =>
      belongs(call) || call.n > since && call.queries.some((query) => queries.has(query))
    );
    return { calls, updates };
  }

  /** Answers how to stop. A listener must not throw. */
  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  clear(): void {
    this.calls.length = 0;
    this.#updates.clear();
  }

  #emit(news: News): void {
    for (const listener of [...this.#listeners]) listener(news);
  }
}
