/** Puts the pictures together, maintains their cache, and ends them: the one owner of it all. */
import { join } from "node:path";
import pLimit from "p-limit";
import { writeDurably } from "../base/durable_file.ts";
import { ifThere } from "../base/if_there.ts";
import { describe, logOf } from "../base/log.ts";
import { AllowedHosts } from "./net/allowed_hosts.ts";
import { DiskCache } from "./cache/disk_cache.ts";
import { RecentFailures } from "./flight/recent_failures.ts";
import { noSecondLevel, openSecondLevel } from "./flight/second_level.ts";
import { answerAsks } from "./folder_asks.ts";
import { Flights } from "./flight/flights.ts";
import { type FlightDeps, makeFlightMachine } from "./flight/flight_machine.ts";
import { watchFreeSpace } from "./cache/free_space.ts";
import { startMaintenance } from "./maintenance.ts";
import { type Limits, limitsOf, type PicturesOptions } from "./limits.ts";
import { openMeter, type Readings } from "./meter.ts";
import { Pictures } from "./pictures.ts";
import { Popularity } from "./popularity.ts";
import { type ConnectionSlots, openConnectionSlots } from "./net/connection_slots.ts";
import { openOriginCheck } from "./net/origin_check.ts";
import { openPublicBase } from "./net/public_base.ts";
import { oncePerTurn } from "./flight/once_per_turn.ts";

export interface OpenPictures
  extends Pick<Pictures, "get" | "getWithin" | "read" | "open" | "warm"> {
  /** Removes what nobody will want any more; resolves to how many went. */
  sweep(): Promise<number>;
  /** Figures since the start, for /metrics, and what there is now. */
  readings(): Readings & { now: Readonly<Record<string, number>> };
  /** Ends flights, connections and timers, and gives the folder back. */
  close(): Promise<void>;
}

/** How many popular pictures are kept fresh. */
const POPULAR_MAX = 100;
const POPULAR = "popular.json";
const REDIS_PAUSE_MS = 5_000;
const log = logOf("pictures");

/** Takes the cache's folder over. Throws FolderInUse when another process has it, unless it yields. */
export async function openPictures(options: PicturesOptions): Promise<OpenPictures> {
  const limits = limitsOf(options);
  const own = openMeter();
  const meter = options.meter ?? own;
  const allowed = new AllowedHosts(limits.allow_hosts);
  const popularity = new Popularity(limits);
  const cache = await openCache(limits, popularity, meter);
  // undici reads the environment as soon as it is imported.
  const { openPool } = await import("./net/pool.ts");
  const pool = openPool({ ...limits, allowed });
  const slots = openConnectionSlots({ ...limits, per_host: limits.connections_per_host });
  const failures = new RecentFailures();
  const busy = new Set<Promise<unknown>>();
  const { shared, secondLevel } = await openShared(limits, { popularity, cache, meter, busy });
  const deps: FlightDeps = {
    ...{ slots, cache, secondLevel, meter, decodeInTurn: pLimit(1), retry: limits.retry },
    downloads: {
      ...{ ...limits, pool, allowed, tempStorage: cache, turn: oncePerTurn() },
      publicAddress: openPublicBase(limits.public_base),
      checkOrigin: openOriginCheck({ ...limits, allowed }),
    },
    busy,
  };
  const flights = openFlights(deps, slots, failures);
  const pictures = new Pictures({ allowed, cache, failures, flights, meter, popularity });
  popularity.restore(await readPopular(join(limits.folder, POPULAR)));
  const maintenance = maintain(limits, pictures, cache, popularity);
  const readings = () => ({
    ...own.read(),
    now: {
      ...{ pictures: cache.size, bytes: cache.bytes, inside: slots.inside() },
      waiting: slots.waiting(),
    },
  });
  const asks = answerAsks(limits.folder, {
    every_ms: limits.asks_ms,
    owns: () => cache.owned,
    answers: {
      sweep: async () => ({ swept: await cache.sweep(), left: cache.size }),
      readings: () => Promise.resolve({ ...readings().counters, ...readings().now }),
    },
  });
  return {
    get: (url, asked) => pictures.get(url, asked),
    getWithin: (url, patience_ms) => pictures.getWithin(url, patience_ms),
    open: (sha256) => pictures.open(sha256),
    read: (picture) => pictures.read(picture),
    warm: (urls, lead_ms) => pictures.warm(urls, lead_ms),
    sweep: () => cache.sweep(),
    readings,
    async close() {
      pictures.close();
      await Promise.all([maintenance.close(), asks.close()]);
      await pool.destroy();
      await Promise.allSettled(deps.busy);
      shared?.close();
      await cache.close();
    },
  };
}

/** What processes share, where there is something; Redis is asked when it is first wanted. */
async function openShared(
  { redis, pixels_max, ttl_ms, ttl_factor_max }: Limits & PicturesOptions,
  { popularity, ...parts }:
    & { popularity: Popularity }
    & Pick<FlightDeps, "cache" | "meter" | "busy">,
) {
  if (redis === undefined) return { shared: null, secondLevel: noSecondLevel };
  const { openSharedPictures } = await import("./shared/shared_pictures.ts");
  const shared = openSharedPictures({
    ...{ pause_ms: REDIS_PAUSE_MS, ...redis, meter: parts.meter },
    longest_ms: 2 * ttl_ms * ttl_factor_max,
  });
  const ttlOf = (url: string) => popularity.ttlOf(url);
  return { shared, secondLevel: openSecondLevel({ ...parts, shared, pixels_max, ttlOf }) };
}

function openCache(
  limits: Limits & PicturesOptions,
  popularity: Popularity,
  meter: FlightDeps["meter"],
) {
  const { folder, max_bytes, keep_stale_ms, min_free_bytes, yields = false } = limits;
  return DiskCache.open({
    ...{ folder, max_bytes, keep_stale_ms, meter, yields },
    space: watchFreeSpace(folder, min_free_bytes),
    ttl_ms: (url) => popularity.ttlOf(url),
  });
}

function openFlights(deps: FlightDeps, slots: ConnectionSlots, failures: RecentFailures): Flights {
  return new Flights(makeFlightMachine(deps), (url, ticket, result) => {
    slots.leave(ticket);
    if (result.is === "refused") failures.remember(url, result);
    else if (result.from === "stale") failures.remember(url, result.because);
  });
}

/** Warms at the start, then sweeps, refreshes and remembers what is popular, until the end. */
function maintain(
  { folder, ttl_ms, maintenance_ms }: Limits,
  pictures: Pictures,
  cache: DiskCache,
  popularity: Popularity,
): { close(): Promise<void> } {
  const path = join(folder, POPULAR);
  // Twice the pause, so that none slips through between two looks.
  const lead_ms = Math.min(Math.max(2 * maintenance_ms, ttl_ms / 10), ttl_ms / 2);
  const warm = () => pictures.warm(popularity.popular(POPULAR_MAX), lead_ms);
  const save = async () => {
    if (cache.writable) await writeDurably(path, popularity.save());
  };
  const safely = (work: () => Promise<unknown>) => async () => {
    try {
      await work();
    } catch (error) {
      log.error("The cache could not be looked after: {error}", { error: describe(error) });
    }
  };
  const starting = safely(warm)();
  const maintenance = startMaintenance(
    maintenance_ms,
    safely(async () => {
      await cache.sweep();
      await warm();
      await save();
    }),
  );
  return {
    async close() {
      await starting;
      await maintenance.close();
      await safely(save)();
    },
  };
}

/** Empty where nothing is known to be popular. */
async function readPopular(path: string): Promise<string> {
  const text = await ifThere(Deno.readTextFile(path)).catch((error) => {
    log.warn("Cannot read what is popular: {error}", { error: describe(error) });
  });
  return text ?? "";
}
