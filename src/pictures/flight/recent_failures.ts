/** Failures, remembered for a short time: a picture that is not there is not asked for all day. */
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
  readonly #known = new Map<string, { refusal: Refusal; until_ms: number }>();

  remember(url: string, refusal: Refusal): void {
    const lasting_ms = LASTING[refusal.reason];
    if (lasting_ms === undefined) return;
    const asked_ms = Math.min(refusal.retry_after_ms ?? 0, NO_MS);
    this.#known.delete(url);
    this.#known.set(url, { refusal, until_ms: Date.now() + Math.max(lasting_ms, asked_ms) });
    const [oldest] = this.#known.keys();
    if (this.#known.size > URLS_MAX && oldest !== undefined) this.#known.delete(oldest);
  }

  recall(url: string): Refusal | null {
    const known = this.#known.get(url);
    if (known === undefined) return null;
    if (known.until_ms > Date.now()) return known.refusal;
    this.#known.delete(url);
    return null;
  }
}
