/** Carries updates to the bot's webhook: in order per chat, again when it fails. */
import type { Update } from "grammy/types";
import type { UpdateCarrier, WebhookSettings } from "../world/update_queue.ts";
import type { World } from "../world/world.ts";
import { isLocal } from "./update_methods.ts";

const timeout_ms = 60_000;
const retry_max_s = 60;
const retry_after_max_s = 3600;
const gone_ms = 23 * 60 * 60 * 1000;

/** Does what a webhook's answer asks for: a method call in its body. */
export type PerformAnswer = (answer: Response) => Promise<void>;

/** What waits for its turn: of one chat, or of one person's taps. */
interface Lane {
  updates: Update[];
  busy: boolean;
  failures: number;
  /** Milliseconds on the emulator's clock. */
  not_before: number;
  /** Since when the webhook says 410. */
  gone_since?: number;
}

/** Posts updates to the webhook that is set, if one is. */
export class Webhook implements UpdateCarrier {
  readonly #world: World;
  readonly #perform: PerformAnswer;
  readonly #stopping = new AbortController();
  readonly #lanes = new Map<string, Lane>();
  readonly #running = new Set<Promise<void>>();
  readonly #stopListening: () => void;
  #settings: WebhookSettings | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(world: World, perform: PerformAnswer) {
    this.#world = world;
    this.#perform = perform;
    this.#stopListening = world.phoneEvents.listen(({ name }) => {
      // What waits for a later moment may be due now.
      if (name === "clock") this.#pump();
    });
    world.updates.attach(this);
  }

  configure(settings: WebhookSettings | undefined, pending: readonly Update[]): void {
    this.#settings = settings;
    clearTimeout(this.#timer);
    const carried = new Set<number>();
    for (const [key, lane] of this.#lanes) {
      // What is on its way stays first in its lane: nothing overtakes it.
      const first = lane.busy ? lane.updates[0] : undefined;
      if (first === undefined) this.#lanes.delete(key);
      else carried.add(first.update_id);
      lane.updates = first === undefined ? [] : [first];
    }
    if (settings === undefined) return;
    for (const update of pending) {
      if (!carried.has(update.update_id)) this.#enqueue(update);
    }
    this.#pump();
  }

  accept(update: Update): void {
    this.#enqueue(update);
    this.#pump();
  }

  /** Breaks off what is on its way. */
  async close(): Promise<void> {
    this.#stopListening();
    this.#settings = undefined;
    clearTimeout(this.#timer);
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  #enqueue(update: Update): void {
    const key = laneOf(update);
    const lane = this.#lanes.get(key) ?? { updates: [], busy: false, failures: 0, not_before: 0 };
    lane.updates.push(update);
    this.#lanes.set(key, lane);
  }

  /** Starts as many lanes as may run; the rest wait for one that ends, or for the clock. */
  #pump(): void {
    clearTimeout(this.#timer);
    const now_ms = this.#world.now_ms();
    let due_ms = Infinity;
    for (const [key, lane] of this.#lanes) {
      if (this.#settings === undefined) return;
      if (lane.busy) continue;
      if (lane.updates.length === 0) this.#lanes.delete(key);
      else if (lane.not_before > now_ms) due_ms = Math.min(due_ms, lane.not_before);
      else if (this.#running.size < this.#settings.max_connections) this.#start(key, lane);
      else break;
    }
    if (due_ms < Infinity) this.#timer = setTimeout(() => this.#pump(), due_ms - now_ms);
  }

  #start(key: string, lane: Lane): void {
    const { updates: [update] } = lane;
    const settings = this.#settings;
    if (update === undefined || settings === undefined) return;
    lane.busy = true;
    const run = this.#carry(settings, lane, update).finally(() => {
      lane.busy = false;
      this.#running.delete(run);
      // To the end, so that a busy chat does not keep the others waiting.
      this.#lanes.delete(key);
      if (lane.updates.length > 0) this.#lanes.set(key, lane);
      this.#pump();
    });
    this.#running.add(run);
  }

  async #carry(settings: WebhookSettings, lane: Lane, update: Update): Promise<void> {
    const { trace, updates } = this.#world;
    trace.moved(update.update_id, "delivered");
    let response: Response;
    try {
      response = await this.#post(settings, update);
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#failed(lane, reasonOf(error));
      return;
    }
    if (!response.ok) {
      await response.body?.cancel();
      const { status, statusText, headers } = response;
      const wrong = `Wrong response from the webhook: ${status} ${statusText}`.trim();
      return this.#failed(lane, wrong, status, Number(headers.get("retry-after")));
    }
    lane.updates.shift();
    lane.failures = 0;
    lane.not_before = 0;
    delete lane.gone_since;
    if (updates.confirm(update.update_id)) this.#world.changed();
    try {
      await this.#perform(response);
    } catch (error) {
      // What a bot answers is no reason to carry the update again.
      if (!this.#stopping.signal.aborted) this.#world.flawed([`A webhook's answer: ${error}`]);
    }
  }

  async #post(settings: WebhookSettings, update: Update): Promise<Response> {
    try {
      return await this.#postTo(settings.url, settings, update);
    } catch (error) {
      const plain = plainAddress(settings.url, error);
      if (plain === undefined) throw error;
      return await this.#postTo(plain, settings, update);
    }
  }

  async #postTo(
    address: string,
    { secret_token }: WebhookSettings,
    update: Update,
  ): Promise<Response> {
    return await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...secret_token !== undefined && { "x-telegram-bot-api-secret-token": secret_token },
      },
      body: JSON.stringify(update),
      redirect: "manual",
      signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(timeout_ms)]),
    });
  }

  /** Waits twice as long each time, or as long as the webhook says; gives up when it is gone. */
  #failed(lane: Lane, message: string, status = 0, retry_after_s = 0): void {
    const now_ms = this.#world.now_ms();
    this.#world.updates.last_error = { date: this.#world.date(), message };
    const backoff_s = Math.min(2 ** lane.failures++, retry_max_s);
    const asked_s = retry_after_s > 0 ? Math.min(retry_after_s, retry_after_max_s) : 0;
    lane.not_before = now_ms + Math.max(backoff_s, asked_s) * 1000;
    if (status === 410) lane.gone_since ??= now_ms;
    else delete lane.gone_since;
    if (lane.gone_since !== undefined && now_ms - lane.gone_since >= gone_ms) {
      this.#world.updates.setWebhook(undefined);
      this.#world.changed();
    }
  }
}

/** For libraries that can only name https: a server on this machine that turned out to speak http. */
function plainAddress(address: string, error: unknown): string | undefined {
  const url = new URL(address);
  const isPlain = /InvalidContentType/.test(toldBy(error));
  if (!isPlain || url.protocol !== "https:" || !isLocal(url.hostname)) return undefined;
  url.protocol = "http:";
  return url.href;
}

/** As on the real server, taps and inline queries go beside the messages of their chat. */
function laneOf({ update_id: _, ...content }: Update): string {
  const [kind = "", about] = Object.entries(content)[0] ?? [];
  const { chat, from } = about as { chat?: { id: number }; from?: { id: number } };
  if (chat !== undefined) return `chat ${chat.id}`;
  return `${kind} ${from?.id ?? 0}`;
}

function reasonOf(error: unknown): string {
  if (error instanceof DOMException && error.name === "TimeoutError") return "Read timeout expired";
  const text = toldBy(error);
  const [known] = /Connection refused|Connection reset by peer|Connection timed out/i
    .exec(text) ?? [];
  if (known !== undefined) return known;
  if (/dns|lookup address/i.test(text)) return "Failed to resolve host: Name or service not known";
  if (/certificate|tls|ssl/i.test(text)) return "SSL error {certificate verify failed}";
  return "Connection closed";
}

/** What went wrong stands in the cause. */
function toldBy(error: unknown): string {
  return error instanceof Error ? `${error.message} ${error.cause ?? ""}` : String(error);
}
