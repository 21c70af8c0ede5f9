/** What each of the five actors of a picture's chart does. */
import { delay } from "@std/async";
import { fromPromise } from "xstate";
import {
  type DownloadResult,
  type Flight,
  type KeptPicture,
  pictureMachine,
  type Recalled,
  type Received,
  type Refusal,
  type ServedPicture,
} from "../../../machines/picture.ts";
import { describe, logOf } from "../../base/log.ts";
import type { DiskCache } from "../cache/disk_cache.ts";
import { isFull } from "../cache/disk_error.ts";
import { download, type DownloadOptions, endsTooEarly } from "./download.ts";
import { fetchFailure } from "../net/request_failure.ts";
import { fitsTelegram, fitTelegram } from "../image/fit_telegram.ts";
import type { SecondLevel } from "./second_level.ts";
import type { Meter } from "../meter.ts";
import { refuse } from "../net/refuse.ts";
import type { ConnectionSlots } from "../net/connection_slots.ts";
import { Spool } from "../cache/spool.ts";

export interface FlightDeps {
  slots: ConnectionSlots;
  cache: DiskCache;
  downloads: DownloadOptions;
  secondLevel: SecondLevel;
  meter: Meter;
  /** Does work on pixels a piece at a time. */
  decodeInTurn: <T>(work: () => Promise<T>) => Promise<T>;
  retry: { base_ms: number; cap_ms: number };
  /** What goes on, to be waited for at the end. */
  busy: Set<Promise<unknown>>;
}

export type FlightMachine = ReturnType<typeof makeFlightMachine>;

const log = logOf("pictures");

/** Made once; every flight is an actor of it. */
export function makeFlightMachine(deps: FlightDeps) {
  const { slots, meter } = deps;
  const { publicAddress } = deps.downloads;
  const enter = ({ ticket, url }: Flight) =>
    slots.enter(ticket, publicAddress(new URL(url)).hostname);
  return pictureMachine.provide({
    actors: {
      recall: fromPromise<Recalled | null, Flight>(({ input: { url, kept } }) =>
        deps.secondLevel.recall(url, kept)
      ),
      enter: fromPromise<Refusal | null, Flight>(({ input }) => enter(input)),
      rest: fromPromise<Refusal | null, Flight & { tries: number; retry_after_ms: number }>(
        async ({ input, signal }) => {
          meter.count("retried");
          await delay(restMs(input, deps.retry), { signal }).catch(() => undefined);
          return signal.aborted ? abandoned : await enter(input);
        },
      ),
      download: fromPromise<DownloadResult, Flight>(({ input, signal }) =>
        answered(deps, input.url, signal, async () => {
          const leave = () => slots.leave(input.ticket);
          // At once, as it may be waiting for a place, and the next try is to have another.
          signal.addEventListener("abort", leave, { once: true });
          try {
            return await download(deps.downloads, input, {
              signal,
              moveTo: (host) => slots.enter(input.ticket, host),
              onReceived: () => slots.leaveHost(input.ticket),
            });
          } finally {
            signal.removeEventListener("abort", leave);
            leave();
          }
        })
      ),
      check: fromPromise<ServedPicture | Refusal, { flight: Flight; received: Received | null }>(
        ({ input: { flight, received }, signal }) =>
          answered(
            deps,
            flight.url,
            signal,
            () => received ? keepAndServe(deps, flight.url, received) : confirm(deps, flight.kept),
          ),
      ),
    },
  });
}

/** The origin has nothing newer. */
async function confirm(
  { cache, secondLevel }: FlightDeps,
  kept: KeptPicture | null,
): Promise<ServedPicture | Refusal> {
  if (kept && await cache.touch(kept)) {
    secondLevel.share(kept);
    return { ...kept, is: "picture", cached: true, from: "revalidated" };
  }
  return refuse("kept_lost", "The picture is unchanged, but its copy has gone.");
}

/** From a temporary file to one that Telegram takes, in the cache. */
async function keepAndServe(
  deps: FlightDeps,
  url: string,
  received: Received,
): Promise<ServedPicture | Refusal> {
  deps.meter.count("bytes_fetched", received.size);
  const { lacks_end = false, odd = false, ...whole } = received;
  let file: Received = whole;
  try {
    if (lacks_end || odd || !fitsTelegram(received)) {
      const fitted = await deps.decodeInTurn(() => refit(deps, whole));
      if (fitted === null) {
        await Deno.remove(received.path);
        return lacks_end
          ? endsTooEarly(new URL(url))
          : refuse("not_a_picture", fetchFailure(new URL(url), "it cannot be decoded"));
      }
      await Deno.remove(received.path);
      deps.meter.count("resized");
      file = fitted;
    }
    const kept = deps.cache.keep(url, file);
    if (!received.no_store) deps.secondLevel.share(kept);
    return { ...kept, is: "picture", from: "fetched" };
  } catch (error) {
    await Promise.allSettled([Deno.remove(received.path), Deno.remove(file.path)]);
    throw error;
  }
}

/** Null for what cannot be decoded. */
async function refit(
  { downloads, cache }: FlightDeps,
  received: Received,
): Promise<Received | null> {
  const bytes = await Deno.readFile(received.path);
  const fitted = await fitTelegram(bytes, downloads.pixels_max).catch((error: unknown) => {
    log.debug("Cannot decode: {error}", { error: String(error) });
    return null;
  });
  if (fitted === null) return null;
  const { sharp } = await import("../image/pixels.ts");
  const { width, height } = await sharp(fitted).metadata();
  const spool = new Spool(cache);
  try {
    await spool.write(fitted);
    return { ...received, ...await spool.finish(), type: "jpg", width, height };
  } catch (error) {
    await spool.discard();
    throw error;
  }
}

/** A value in any case: what nobody foresaw is told to the log, with all it has. */
async function answered<T>(
  { busy }: FlightDeps,
  url: string,
  signal: AbortSignal,
  work: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const working = work();
  busy.add(working);
  try {
    return await working;
  } catch (error) {
    if (signal.aborted) return abandoned;
    if (isFull(error)) {
      return refuse("disk_full", "The disk is full, and there is nothing to evict.");
    }
    // What stands behind its question mark may be a secret.
    const { origin, pathname } = new URL(url);
    log.error("Cannot fetch {url}: {error}", {
      url: `${origin}${pathname}`,
      error: describe(error),
    });
    return refuse("defect", fetchFailure(new URL(url), "it failed unexpectedly"));
  } finally {
    busy.delete(working);
  }
}

/** Full jitter: anything up to twice as long as the last time; at least what the origin asks. */
function restMs(
  { tries, retry_after_ms }: { tries: number; retry_after_ms: number },
  { base_ms, cap_ms }: FlightDeps["retry"],
): number {
  const upto_ms = Math.min(cap_ms, base_ms * 2 ** (tries - 1));
  return Math.max(Math.min(retry_after_ms, cap_ms), Math.random() * upto_ms);
}

const abandoned = refuse("abandoned", "Nobody waits for it any more.");
