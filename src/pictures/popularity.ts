/** Which pictures are asked for often, lately; so they stay fresh longer and are never waited for. */
import { LRUCache } from "lru-cache";

export interface PopularityOptions {
  ttl_ms: number;
  /** How many times longer than that the most popular are fresh. */
  ttl_factor_max: number;
}

/** Uses fade: one of a half-life ago counts half. */
interface Uses {
  score: number;
  at_ms: number;
}

const URLS_MAX = 5_000;
const SAVED_MAX = 500;
/** From this score on a picture is worth fetching before anybody asks. */
const POPULAR_MIN = 3;

export class Popularity {
  readonly #options: PopularityOptions;
  readonly #uses = new LRUCache<string, Uses>({ max: URLS_MAX });

  constructor(options: PopularityOptions) {
    this.#options = options;
  }

  use(url: string): void {
    const score = this.scoreOf(url) + 1;
    this.#uses.set(url, { score, at_ms: Date.now() });
  }

  scoreOf(url: string): number {
    const uses = this.#uses.peek(url);
    return uses === undefined ? 0 : faded(uses, this.#options.ttl_ms);
  }

  /** The configured time for what is rarely asked for; with every doubling of uses a quarter more. */
  ttlOf(url: string): number {
    const { ttl_ms, ttl_factor_max } = this.#options;
    return ttl_ms * Math.min(ttl_factor_max, 1 + Math.log2(1 + this.scoreOf(url)) / 4);
  }

  /** The popular ones, the most popular first. */
  popular(max: number): string[] {
    return [...this.#uses.keys()].map((url) => ({ url, score: this.scoreOf(url) }))
      .filter(({ score }) => score >= POPULAR_MIN)
      .sort((a, b) => b.score - a.score).slice(0, max).map(({ url }) => url);
  }

  /** What `restore` takes, the most recently used last. */
  save(): string {
    return JSON.stringify([...this.#uses.rentries()].slice(-SAVED_MAX));
  }

  /** Takes over what was saved; what is no such thing tells nothing. */
  restore(text: string): void {
    let saved: unknown;
    try {
      saved = JSON.parse(text);
    } catch {
      return;
    }
    for (const pair of Array.isArray(saved) ? saved.slice(-SAVED_MAX) : []) {
      const [url, uses]: unknown[] = Array.isArray(pair) ? pair : [];
      if (typeof url === "string" && isUses(uses)) this.#uses.set(url, uses);
    }
  }
}

const faded = ({ score, at_ms }: Uses, half_life_ms: number) =>
  score * 2 ** -(Math.max(0, Date.now() - at_ms) / half_life_ms);

const isUses = (value: unknown): value is Uses =>
  typeof value === "object" && value !== null && "score" in value && "at_ms" in value &&
  Number.isFinite(value.score) && Number.isFinite(value.at_ms);
