/** What a flight has of the pictures that processes share: looked at before the origin is asked. */
import type { KeptPicture, Recalled, Received } from "../../../machines/picture.ts";
import { describe, logOf } from "../../base/log.ts";
import type { DiskCache } from "../cache/disk_cache.ts";
import { readIntact } from "../cache/integrity.ts";
import { Spool } from "../cache/spool.ts";
import type { Meter } from "../meter.ts";
import type { SharedPicture, SharedPictures } from "../shared/shared_pictures.ts";

/** Neither of these ever fails: there is the origin, and there is the disk. */
export interface SecondLevel {
  /** The picture of another process, put into our cache; null where there is none that helps. */
  recall(url: string, kept: KeptPicture | null): Promise<Recalled | null>;
  /** Lets other processes have what the origin has just given out. */
  share(kept: KeptPicture): void;
}

export interface SecondLevelOptions {
  shared: SharedPictures;
  cache: DiskCache;
  meter: Meter;
  pixels_max: number;
  /** How long a picture of this URL is fresh. */
  ttlOf: (url: string) => number;
  /** What goes on, to be waited for at the end. */
  busy: Set<Promise<unknown>>;
}

/** Where nothing is shared, the disk is all there is. */
export const noSecondLevel: SecondLevel = {
  recall: () => Promise.resolve(null),
  share: () => {},
};

const log = logOf("pictures");

export function openSecondLevel(options: SecondLevelOptions): SecondLevel {
  const { shared, busy } = options;
  return {
    async recall(url, kept) {
      const recalling = recall(options, url, kept);
      return await untilDone(busy, recalling) ?? null;
    },
    share(kept) {
      const picture = { info: kept, fetched_ms: Date.now() };
      // As long again as it is fresh, to be asked about then instead of fetched.
      const lasting_ms = 2 * options.ttlOf(kept.url);
      void untilDone(busy, shared.keep(kept.url, picture, lasting_ms, () => readIntact(kept)));
    },
  };
}

async function recall(
  options: SecondLevelOptions,
  url: string,
  kept: KeptPicture | null,
): Promise<Recalled | null> {
  const { cache, meter } = options;
  const found = await options.shared.find(url);
  if (found === null) return null;
  const { info, fetched_ms } = found;
  const isFresh = fetched_ms + options.ttlOf(url) > Date.now();
  if (kept?.sha256 === info.sha256) {
    if (!isFresh || !await cache.touch(kept, fetched_ms)) return null;
    meter.count("shared_hit");
    return { is: "served", served: { ...kept, is: "picture", cached: true, from: "shared" } };
  }
  // Ours is as good to ask the origin about.
  if (!isFresh && kept !== null) return null;
  if (info.width * info.height > options.pixels_max) return null;
  const ours = await takeOver(options, url, found);
  if (ours === null) return null;
  meter.count("shared_hit");
  return isFresh
    ? { is: "served", served: { ...ours, is: "picture", from: "shared" } }
    : { is: "kept", kept: ours };
}

/** From there into our cache, as old as it is. */
async function takeOver(
  { shared, cache }: SecondLevelOptions,
  url: string,
  { info, fetched_ms }: SharedPicture,
): Promise<KeptPicture & { cached: boolean } | null> {
  const bytes = await shared.body(url, info);
  if (bytes === null) return null;
  const spool = new Spool(cache);
  try {
    await spool.write(bytes);
    const received: Received = { ...info, ...await spool.finish(), no_store: false };
    return cache.keep(url, received, fetched_ms);
  } catch (error) {
    await spool.discard();
    throw error;
  }
}

/** What it comes to; what fails is told to the log, and is nothing. */
async function untilDone<Result>(
  busy: Set<Promise<unknown>>,
  work: Promise<Result>,
): Promise<Result | undefined> {
  busy.add(work);
  try {
    return await work;
  } catch (error) {
    log.error("Cannot share a picture: {error}", { error: describe(error) });
    return undefined;
  } finally {
    busy.delete(work);
  }
}
