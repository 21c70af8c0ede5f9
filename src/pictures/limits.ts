/** What the pictures are held to; each may be set otherwise, and tests do. */
import type { Meter } from "./meter.ts";
import type { Resolve } from "./net/dns_cache.ts";

export interface Limits {
  /** The cache's folder; one process owns it. */
  folder: string;
  /** How long a picture is fresh that is rarely asked for. */
  ttl_ms: number;
  max_bytes: number;
  /** Hosts to be fetched from wherever they are: `host` or `host:port`. */
  allow_hosts: readonly string[];

  /** How many times longer the most popular are fresh. */
  ttl_factor_max: number;
  /** How long a picture is kept beyond that, for when its origin is down. */
  keep_stale_ms: number;
  /** The disk is to have so much left. */
  min_free_bytes: number;
  /** How often the cache is swept and popular pictures are refreshed. */
  maintenance_ms: number;
  /** How often it is looked for what a command asks. */
  asks_ms: number;

  connections_per_host: number;
  keep_alive_ms: number;
  /** Requests in flight, of all hosts. */
  total: number;
  /** How many may wait for a connection, and how long. */
  waiting: number;
  waiting_ms: number;
  connect_timeout_ms: number;
  headers_timeout_ms: number;
  body_timeout_ms: number;
  dns_ttl_ms: number;
  retry: { base_ms: number; cap_ms: number };

  bytes_max: number;
  pixels_max: number;
}

/** `folder` must be given; the rest has a default. */
export interface PicturesOptions extends Partial<Limits> {
  folder: string;
  /** Counts instead of the one in memory. */
  meter?: Meter;
  /** Certificates to trust, in PEM; the system's unless given. */
  ca?: string;
  /** Asks DNS; the system's resolver unless given. */
  resolve?: Resolve;
  /** Whether it does without the folder where another process has it, until that gives it back. */
  yields?: boolean;
  /** Redis, which processes and machines share; none unless given. */
  redis?: RedisLimits;
  /** A CDN in front of origins, as `https://cdn.example/{host}{path}`. */
  public_base?: string;
}

/** What several processes and machines share. */
export interface RedisLimits {
  url: string;
  /** All pictures there together. */
  max_bytes: number;
  /** How long Redis is left alone after it failed; 5 s unless given. */
  pause_ms?: number;
}

const DAY_MS = 24 * 60 * 60_000;

const defaults: Omit<Limits, "folder"> = {
  ttl_ms: DAY_MS,
  max_bytes: 2 ** 30,
  allow_hosts: [],
  ttl_factor_max: 4,
  keep_stale_ms: 7 * DAY_MS,
  min_free_bytes: 256 * 2 ** 20,
  maintenance_ms: 60_000,
  asks_ms: 1_000,
  connections_per_host: 30,
  keep_alive_ms: 30_000,
  total: 100,
  waiting: 2_000,
  waiting_ms: 30_000,
  connect_timeout_ms: 5_000,
  headers_timeout_ms: 10_000,
  body_timeout_ms: 10_000,
  dns_ttl_ms: 300_000,
  retry: { base_ms: 200, cap_ms: 5_000 },
  bytes_max: 20_000_000,
  pixels_max: 50_000_000,
};

export function limitsOf(options: PicturesOptions): Limits & PicturesOptions {
  return { ...defaults, ...options };
}
