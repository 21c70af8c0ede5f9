/** Failures, remembered for a short time: a picture that is not there is not asked for all day. */
import { LRUCache } from "lru-cache";
import type { Refusal, RefusalReason } from "../../../machines/picture.ts";

const URLS_MAX = 2_000;
/** An origin that is down may be up again soon. */
const DOWN_MS = 10_000;
/** Another kind of file rarely becomes a picture. */
const NO_MS = 60_000;

/** Refusals that come from the origin, or from what it is. */
const LASTING: Readonly<Partial<Record<RefusalReason, number>>> = {
  ...{ busy: DOWN_MS, server_error: DOWN_MS, broken_off: DOWN_MS, timeout: DOWN_MS },
  ...{ unreachable: DOWN_MS, unresolved: DOWN_MS, untrusted: DOWN_MS },
  ...{ blocked_address: NO_MS, not_found: NO_MS, redirects: NO_MS, not_a_picture: NO_MS },
  ...{ too_large: NO_MS, too_many_pixels: NO_MS },
};

export class RecentFailures {
  readonly #known = new LRUCache<string, Refusal>({ max: URLS_MAX });

  remember(url: string, refusal: Refusal): void {
    const lasting_ms = LASTING[refusal.reason];
    if (lasting_ms === undefined) return;
    const asked_ms = Math.min(refusal.retry_after_ms ?? 0, NO_MS);
    this.#known.set(url, refusal, { ttl: Math.max(lasting_ms, asked_ms) });
  }

  recall(url: string): Refusal | null {
    return this.#known.get(url) ?? null;
  }
}
