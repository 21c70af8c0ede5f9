/** Pictures by their URLs: from the cache where they are fresh, else from their origin. */
import pLimit from "p-limit";
import {
  type FlightResult,
  type KeptPicture,
  mayServeStale,
  type Refusal,
  serveStale,
} from "../../machines/picture.ts";
import type { AllowedHosts } from "./net/allowed_hosts.ts";
import { checkUrl } from "./net/check_url.ts";
import type { PictureFile } from "./cache/picture_file.ts";
import type { DiskCache } from "./cache/disk_cache.ts";
import type { RecentFailures } from "./flight/recent_failures.ts";
import type { Flights } from "./flight/flights.ts";
import type { Meter } from "./meter.ts";
import type { Popularity } from "./popularity.ts";
import { refuse } from "./net/refuse.ts";

/** What the pictures are put together from; see `openPictures`. */
export interface PicturesParts {
  allowed: AllowedHosts;
  cache: DiskCache;
  failures: RecentFailures;
  flights: Flights;
  meter: Meter;
  popularity: Popularity;
}

const WARMED_AT_ONCE = 4;
const closed = refuse("closed", "Pictures are no longer fetched: the program is ending.");

export class Pictures {
  readonly #parts: PicturesParts;
  #open = true;

  constructor(parts: PicturesParts) {
    this.#parts = parts;
  }

  /**
   * The picture at `url` in a local file, or why there is none. Never rejects. When `signal`
   * aborts, this one asker is answered; others who wait for the same picture go on waiting.
   */
  async get(url: string, { signal }: { signal?: AbortSignal } = {}): Promise<FlightResult> {
    const begin_ms = performance.now();
    const checked = this.#check(url);
    const result = typeof checked === "string" ? await this.#find(checked, signal) : checked;
    this.#tally(result, performance.now() - begin_ms);
    return result;
  }

  /**
   * The same, but within `patience_ms` there is an answer: else the kept copy, or that it is late.
   * What is late comes to the cache all the same.
   */
  async getWithin(url: string, patience_ms: number): Promise<FlightResult> {
    const getting = this.get(url);
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), patience_ms);
    try {
      return await Promise.race([getting, late]) ?? await this.#late(url, patience_ms);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The bytes of what `get` answered; null when it was replaced or evicted: ask again. */
  read(picture: KeptPicture): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#parts.cache.read(picture);
  }

  /** The picture of this sha256 to be read piece by piece; null where none lies here any more. */
  open(sha256: string): Promise<PictureFile | null> {
    return this.#parts.cache.openFile(sha256);
  }

  /** Fetches those of these that are missing, or stale within `lead_ms`, before anybody asks. */
  async warm(urls: readonly string[], lead_ms = 0): Promise<void> {
    const { allowed, cache, failures, meter } = this.#parts;
    await pLimit(WARMED_AT_ONCE).map(urls, async (url) => {
      if (!this.#open) return;
      const checked = checkUrl(url, allowed);
      if ("is" in checked || failures.recall(checked.href)) return;
      const found = await cache.find(checked.href);
      if (found && found.fresh_ms > lead_ms) return;
      const result = await this.#fly(checked.href, found?.kept ?? null);
      if (result.is === "picture") meter.count("warmed");
    });
  }

  /** Answers all that still wait, and refuses from now on. */
  close(): void {
    this.#open = false;
    this.#parts.flights.end(closed);
  }

  async #late(url: string, patience_ms: number): Promise<FlightResult> {
    const sentence = `It has not come within ${patience_ms / 1_000} s; it is still being fetched.`;
    const checked = this.#check(url);
    const found = typeof checked === "string" ? await this.#parts.cache.find(checked) : null;
    return standIn(found?.kept ?? null, refuse("late", sentence));
  }

  /** The address as it is known here; what is in the cache was checked when it was fetched. */
  #check(url: string): string | Refusal {
    if (!this.#open) return closed;
    if (this.#parts.cache.has(url)) return url;
    const checked = checkUrl(url, this.#parts.allowed);
    return "is" in checked ? checked : checked.href;
  }

  async #find(url: string, signal: AbortSignal | undefined): Promise<FlightResult> {
    const { cache, failures, popularity } = this.#parts;
    popularity.use(url);
    const found = await cache.find(url);
    if (found && found.fresh_ms > 0) {
      return { ...found.kept, is: "picture", cached: true, from: "fresh" };
    }
    const kept = found?.kept ?? null;
    const failure = failures.recall(url);
    return failure ? standIn(kept, failure) : await this.#fly(url, kept, signal);
  }

  async #fly(url: string, kept: KeptPicture | null, signal?: AbortSignal): Promise<FlightResult> {
    const { cache, flights, meter } = this.#parts;
    if (!this.#open) return closed;
    meter.count(flights.has(url) ? "coalesced" : "miss");
    const result = await flights.join(url, kept, signal);
    if (result.is === "refused" || result.from !== "stale") return result;
    // A copy that was evicted while its origin was asked is no answer.
    return await cache.find(url) ? result : result.because;
  }

  #tally(result: FlightResult, took_ms: number): void {
    const { meter } = this.#parts;
    const fresh = result.is === "picture" && result.from === "fresh";
    meter.observe(fresh ? "hit_ms" : "fetch_ms", took_ms);
    if (result.is === "refused") meter.count("refused");
    else if (result.from === "fresh") meter.count("hit");
    else if (result.from === "stale" || result.from === "revalidated") meter.count(result.from);
  }
}

/** The kept copy where it may stand in for what was refused. */
function standIn(kept: KeptPicture | null, refusal: Refusal): FlightResult {
  return kept && mayServeStale(refusal) ? serveStale(kept, refusal) : refusal;
}
