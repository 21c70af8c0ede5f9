/** Shows other processes that this one is alive: a lease, prolonged for as long as it runs. */
import { delay } from "@std/async";
import type { Leases } from "../store/leases.ts";
import { StoreUnavailable } from "../store/store_unavailable.ts";

const BEAT_MS = 2_000;
const LEASE_MS = 8_000;
/** An answered poll is news for so long: the next one lasts 10 s. */
const ANSWERED_MS = 16_000;

export interface ProcessLease {
  /** Takes the lease, and keeps it. */
  start(): Promise<void>;
  /** Whether this process is the one that polls; asks the database again every two seconds. */
  mayPoll(): Promise<boolean>;
  /** Tells other processes that this one's poll was answered. */
  answered(): void;
  /** Whether a poll of any process's was answered lately. */
  wasAnswered(): Promise<boolean>;
  stop(): Promise<void>;
}

export function openProcessLease(
  leases: Leases,
  owner: string,
  onTrouble: (error: unknown) => void,
  now: () => number = () => performance.now(),
): ProcessLease {
  const name = `process:${owner}`;
  const stopping = new AbortController();
  let beating: Promise<void> | null = null;
  let polls = false;
  let held_at = -Infinity;
  let answered_at = -Infinity;

  async function holdPoll(): Promise<void> {
    const asked_at = now();
    polls = await leases.hold("poll", owner, LEASE_MS);
    if (polls) held_at = asked_at;
  }

  async function beat(): Promise<void> {
    while (!stopping.signal.aborted) {
      await delay(BEAT_MS, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      await leases.hold(name, owner, LEASE_MS).catch(onTrouble);
      // A long poll outlasts a lease, so the beat keeps that one too.
      if (polls) await holdPoll().catch(onTrouble);
      const fresh_ms = answered_at + ANSWERED_MS - now();
      if (fresh_ms > 0) await leases.hold("poll answered", owner, fresh_ms).catch(onTrouble);
    }
  }

  return {
    async start() {
      await leases.hold(name, owner, LEASE_MS);
      beating = beat();
    },
    async mayPoll() {
      // Nobody else can have taken what was held a moment ago, and the beat goes on holding it.
      if (polls && now() - held_at < BEAT_MS) return true;
      try {
        await holdPoll();
      } catch (error) {
        // Nobody can take the lease over while the database is away: who polled polls on.
        if (!polls || !(error instanceof StoreUnavailable)) throw error;
        onTrouble(error);
      }
      return polls;
    },
    answered: () => void (answered_at = now()),
    wasAnswered: () => leases.isHeld("poll answered"),
    async stop() {
      stopping.abort();
      await beating;
      await leases.release("poll", owner).catch(onTrouble);
      await leases.release(name, owner).catch(onTrouble);
    },
  };
}
