/** The updates that the bot has not confirmed, and the one poller that may wait for more. */
import type { Update } from "grammy/types";
import { Refusal } from "./refusal.ts";

export type UpdateKind = Exclude<keyof Update, "update_id">;

export interface Poll {
  offset: number;
  limit: number;
  timeout_ms: number;
}

interface Waiter {
  poll: Poll;
  finish(answer: Update[] | Refusal): void;
}

/** What is not delivered unless the bot asks for it by name. */
const quiet: readonly string[] = ["chat_member", "message_reaction", "message_reaction_count"];

const remembered = 10_000;

export class UpdateQueue {
  /** What the bot asked for last; empty is the default. */
  allowed: readonly string[] = [];
  #pending: Update[] = [];
  #again: Update[] = [];
  #past: Update[] = [];
  #waiter: Waiter | undefined;
  #closed = false;

  pending(): readonly Update[] {
    return this.#pending;
  }

  restore(pending: readonly Update[]): void {
    this.#pending = [...pending];
    this.#past = [...pending];
  }

  /** Answers false when the bot does not want this kind. */
  push(update: Update, kind: UpdateKind): boolean {
    const wanted = this.allowed.length === 0 ? !quiet.includes(kind) : this.allowed.includes(kind);
    if (!wanted) return false;
    this.#pending.push(update);
    this.#past.push(update);
    if (this.#past.length > remembered * 2) this.#past = this.#past.slice(-remembered);
    this.#wake();
    return true;
  }

  /** Delivers once more, ahead of the others and whatever the offset says. */
  redeliver(update_id: number): boolean {
    const update = this.#past.find((past) => past.update_id === update_id);
    if (update === undefined) return false;
    this.#again.push(update);
    this.#wake();
    return true;
  }

  drop(): void {
    this.#pending = [];
  }

  /**
   * Waits for updates; a poller that waits already is refused with 409. One who hung up waits on:
   * nothing is lost, for what it is given stays until it is confirmed.
   */
  poll(poll: Poll): Promise<Update[]> {
    this.#confirm(poll.offset);
    this.#waiter?.finish(conflict());
    const ready = this.#take(poll.limit);
    if (ready.length > 0 || poll.timeout_ms <= 0 || this.#closed) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => finish([]), poll.timeout_ms);
      const finish = (answer: Update[] | Refusal) => {
        clearTimeout(timer);
        this.#waiter = undefined;
        if (answer instanceof Refusal) reject(answer);
        else resolve(answer);
      };
      this.#waiter = { poll, finish };
    });
  }

  /** Lets the waiting poller go with nothing; from now on nobody waits. */
  close(): void {
    this.#closed = true;
    this.#waiter?.finish([]);
  }

  #wake(): void {
    const waiter = this.#waiter;
    if (waiter !== undefined) waiter.finish(this.#take(waiter.poll.limit));
  }

  #take(limit: number): Update[] {
    const again = this.#again.splice(0, limit);
    return [...again, ...this.#pending.slice(0, limit - again.length)];
  }

  /** A negative offset keeps that many of the newest and forgets the rest. */
  #confirm(offset: number): void {
    if (offset < 0) this.#pending = this.#pending.slice(offset);
    else if (offset > 0) this.#pending = this.#pending.filter((u) => u.update_id >= offset);
  }
}

function conflict(): Refusal {
  return new Refusal(
    409,
    "Conflict: terminated by other getUpdates request; " +
      "make sure that only one bot instance is running",
  );
}
