/** The updates that the bot has not confirmed, and who fetches them: one poller, or a webhook. */
import type { Update } from "grammy/types";
import { Refusal } from "../model/refusal.ts";
import type { Faults } from "./faults.ts";
import { affectedIdsOf } from "./affected_ids.ts";
import type { Trace } from "./trace.ts";

/** As updates name what they carry. */
export type UpdateKind = Exclude<keyof Update, "update_id">;

/** What a `getUpdates` call asks for. */
export interface UpdatePoll {
  offset: number;
  limit: number;
  timeout_ms: number;
  /** Aborted when the poller hangs up. */
  gone: AbortSignal;
}

/** Where updates go instead of to a poller. */
export interface WebhookSettings {
  url: string;
  secret_token?: string;
  max_connections: number;
  ip_address?: string;
  has_custom_certificate: boolean;
}

/** Who carries updates to a webhook. */
export interface UpdateCarrier {
  /** undefined is no webhook any more; `pending` is what it has not confirmed. */
  configure(settings: WebhookSettings | undefined, pending: readonly Update[]): void;
  accept(update: Update): void;
}

interface Waiter {
  poll: UpdatePoll;
  finish(answer: Update[] | Refusal): void;
}

/** What is not delivered unless the bot asks for it by name. */
const quiet: readonly string[] = ["chat_member", "message_reaction", "message_reaction_count"];

/** Holds updates until the bot confirms them. */
export class UpdateQueue {
  /** What the bot asked for last; empty is the default. */
  allowed: readonly string[] = [];
  /** Of the webhook that is set, in Unix time. */
  last_error: { date: number; message: string } | undefined;
  readonly #trace: Trace;
  readonly #faults: Faults;
  /** In the order in which the bot gets them. */
  readonly #pending = new Map<number, Update>();
  /** To be given once more, ahead of the others. */
  #again: Update[] = [];
  /** Given twice: the second time after the first. */
  readonly #twice = new Set<number>();
  /** Kept back until as many came as a fault turns round. */
  #held: Update[] = [];
  #webhook: WebhookSettings | undefined;
  #carrier: UpdateCarrier | undefined;
  #waiter: Waiter | undefined;
  /** Said by nobody: handed out as they are. */
  readonly #forged = new WeakSet<WeakKey>();
  #closed = false;

  constructor(trace: Trace, faults: Faults) {
    this.#trace = trace;
    this.#faults = faults;
  }

  pending(): readonly Update[] {
    return [...this.#pending.values(), ...this.#held];
  }

  /** Those that Telegram would have: what survives a restart, and what a webhook is given. */
  own(): Update[] {
    return this.pending().filter((update) => !this.isForged(update));
  }

  get webhook(): WebhookSettings | undefined {
    return this.#webhook;
  }

  /** Whether somebody waits for updates now. */
  get polled(): boolean {
    return this.#waiter !== undefined;
  }

  /** Takes up what was saved; pending polls end empty. */
  restore(saved: {
    updates: readonly Update[];
    allowed: readonly string[];
    webhook?: WebhookSettings | undefined;
  }): void {
    this.#waiter?.finish([]);
    this.#held = [];
    this.#again = [];
    this.#pending.clear();
    for (const update of saved.updates) this.#pending.set(update.update_id, update);
    this.allowed = saved.allowed;
    this.#configure(saved.webhook);
  }

  /** Who carries updates from now on, those that wait as well. */
  attach(carrier: UpdateCarrier): void {
    this.#carrier = carrier;
    this.#configure(this.#webhook);
  }

  /** undefined takes it away. A pending poll is refused with 409. */
  setWebhook(settings: WebhookSettings | undefined): void {
    if (settings !== undefined) {
      this.#waiter?.finish(new Refusal(409, "Conflict: terminated by setWebhook request"));
    }
    this.last_error = undefined;
    this.#configure(settings);
  }

  /** Answers false when the bot does not want this kind. `at` is on the emulator's clock, in ms. */
  push(update: Update, kind: UpdateKind, at: number): boolean {
    const wanted = this.allowed.length === 0 ? !quiet.includes(kind) : this.allowed.includes(kind);
    this.#trace.arrived(update, at, wanted ? "pending" : "unwanted");
    if (!wanted) return false;
    const chats = affectedIdsOf(update[kind]).chats;
    if (this.#faults.takeUpdate("reorder", kind, chats)) {
      this.#held.unshift(update);
      if (!this.#faults.waits("reorder")) this.release();
      return true;
    }
    if (this.#faults.takeUpdate("duplicate", kind, chats)) this.#twice.add(update.update_id);
    this.#pass(update);
    return true;
  }

  /** Hands out, in its turn, what is no update that Telegram would make; `id` confirms it. */
  forge(forged: unknown, id: number): void {
    if (typeof forged === "object" && forged !== null) this.#forged.add(forged);
    this.#pending.set(id, forged as Update);
    this.#wake();
  }

  isForged(update: unknown): boolean {
    return typeof update !== "object" || update === null || this.#forged.has(update);
  }

  /** Lets go of what a fault keeps back. */
  release(): void {
    for (const update of this.#held.splice(0)) this.#pass(update);
  }

  /** Delivers once more, ahead of the others and whatever the offset says. */
  redeliver(update_id: number): boolean {
    const update = this.#trace.update(update_id)?.update ?? this.#pending.get(update_id);
    if (update === undefined) return false;
    if (this.#webhook !== undefined) this.#carrier?.accept(update);
    else this.#again.push(update);
    this.#wake();
    return true;
  }

  drop(): void {
    this.#pending.clear();
    this.#held = [];
    this.#again = [];
    this.#configure(this.#webhook);
  }

  /** Waits for updates; a poller that waits already is refused with 409. */
  poll(poll: UpdatePoll): Promise<Update[]> {
    this.#confirmUpTo(poll.offset);
    this.#waiter?.finish(conflict());
    const ready = this.#take(poll.limit);
    const { timeout_ms, gone } = poll;
    if (ready.length > 0 || timeout_ms <= 0 || this.#closed || gone.aborted) {
      return Promise.resolve(ready);
    }
    return new Promise((resolve, reject) => {
      const giveUp = () => finish([]);
      const timer = setTimeout(giveUp, timeout_ms);
      gone.addEventListener("abort", giveUp);
      const finish = (answer: Update[] | Refusal) => {
        clearTimeout(timer);
        gone.removeEventListener("abort", giveUp);
        this.#waiter = undefined;
        if (answer instanceof Refusal) reject(answer);
        else resolve(answer);
      };
      this.#waiter = { poll, finish };
    });
  }

  /** The bot has taken it. Answers whether it had not before. */
  confirm(update_id: number): boolean {
    const confirmed = this.#pending.delete(update_id);
    if (confirmed) this.#trace.moved(update_id, "confirmed");
    return confirmed;
  }

  /** Lets the waiting poller go with nothing; from now on nobody waits, nothing is carried. */
  close(): void {
    this.#closed = true;
    this.#waiter?.finish([]);
    this.#carrier?.configure(undefined, []);
  }

  #configure(settings: WebhookSettings | undefined): void {
    this.#webhook = settings;
    const own = [...this.#pending.values()].filter((update) => !this.isForged(update));
    this.#carrier?.configure(settings, own);
  }

  #pass(update: Update): void {
    this.#pending.set(update.update_id, update);
    if (this.#webhook === undefined) return this.#wake();
    this.#carrier?.accept(update);
    if (this.#twice.delete(update.update_id)) this.#carrier?.accept(update);
  }

  #wake(): void {
    const waiter = this.#waiter;
    if (waiter !== undefined) waiter.finish(this.#take(waiter.poll.limit));
  }

  #take(limit: number): Update[] {
    const taken = this.#again.splice(0, limit);
    for (const [update_id, update] of this.#pending) {
      if (taken.length >= limit) break;
      taken.push(update);
      if (this.#twice.delete(update_id)) this.#again.push(update);
    }
    for (const update of taken) {
      if (!this.isForged(update)) this.#trace.moved(update.update_id, "delivered");
    }
    return taken;
  }

  /** A negative offset keeps that many of the newest and forgets the rest. */
  #confirmUpTo(offset: number): void {
    const ids = [...this.#pending.keys()];
    const gone = offset < 0 ? ids.slice(0, offset) : ids.filter((id) => id < offset);
    for (const id of gone) this.confirm(id);
  }
}

function conflict(): Refusal {
  return new Refusal(
    409,
    "Conflict: terminated by other getUpdates request; " +
      "make sure that only one bot instance is running",
  );
}
