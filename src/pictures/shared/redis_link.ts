/** A connection to Redis that nobody depends on: slow, away or refusing, it is passed over. */
import { createClient } from "@redis/client";
import { logOf } from "../../base/log.ts";
import type { Meter } from "../meter.ts";

export interface RedisLinkOptions {
  /** `redis://…` or `rediss://…`. */
  url: string;
  meter: Meter;
  /** How long it is left alone after it failed. */
  pause_ms: number;
}

export interface RedisLink {
  /** What `work` comes to; null where Redis does not say so in `patience_ms`. Never rejects. */
  ask<Result>(
    patience_ms: number,
    work: (client: RedisClient) => Promise<Result>,
  ): Promise<Result | null>;
  close(): void;
}

export type RedisClient = ReturnType<typeof makeClient>;

const CONNECT_MS = 1_000;
/** So many late answers in a row, and it is left alone: what it holds back would pile up here. */
const LATE_MAX = 3;

const log = logOf("pictures");

/** Connects when it is first asked, and again when it is asked after a pause; there are no timers. */
export function openRedisLink({ url, meter, pause_ms }: RedisLinkOptions): RedisLink {
  let client: Promise<RedisClient> | null = null;
  let live: RedisClient | null = null;
  let away_until = -Infinity;
  let late = 0;
  let told = false;
  let open = true;

  function giveUp(it: RedisClient, error: unknown): void {
    if (it.isOpen) it.destroy();
    if (live !== it) return;
    live = client = null;
    late = 0;
    away_until = performance.now() + pause_ms;
    if (told || !open) return;
    told = true;
    log.warn("Pictures are not shared, as Redis cannot be used: {error}", {
      error: wordsOf(error),
    });
  }

  function connect(): Promise<RedisClient> {
    const it = makeClient(url);
    live = it;
    it.on("error", (error: unknown) => giveUp(it, error));
    return it.connect().then(() => {
      if (told) log.info("Pictures are shared again: Redis answers");
      told = false;
      return it;
    }).catch((error: unknown) => {
      giveUp(it, error);
      throw error;
    });
  }

  return {
    async ask(patience_ms, work) {
      if (!open) return null;
      if (client === null && performance.now() < away_until) {
        meter.count("shared_away");
        return null;
      }
      client ??= connect();
      const asked = client;
      try {
        const result = await within(
          patience_ms,
          asked.then((it) => work(it)),
        );
        late = 0;
        return result;
      } catch (error) {
        meter.count("shared_failed");
        if (error instanceof Late && live !== null && client === asked && ++late >= LATE_MAX) {
          giveUp(live, error);
        }
        return null;
      }
    },
    close() {
      open = false;
      if (live?.isOpen) live.destroy();
      live = client = null;
    },
  };
}

/** Whatever fails is asked again here, after a pause, and never by the client. */
function makeClient(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
  });
}

class Late extends Error {
  override name = "Late";
}

async function within<Result>(patience_ms: number, work: Promise<Result>): Promise<Result> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Late("it does not answer in time")), patience_ms);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // It may still fail when nobody waits for it any more.
    work.catch(() => undefined);
  }
}

/** Where several addresses were tried in vain, the first tells as much as all. */
function wordsOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return wordsOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
