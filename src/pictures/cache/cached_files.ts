/**
 * What lies in the cache's folder: an index of it in memory, the longest unused first. Entry, file
 * and sidecar come and go within one turn of the event loop, so that a reader sees all old or
 * all new; and what is not as its sidecar says is removed as soon as it is seen.
 */
import { join } from "node:path";
import type { KeptPicture } from "../../../machines/picture.ts";
import { logOf } from "../../base/log.ts";
import type { CachedPicture } from "./cache_folder.ts";
import type { Meter } from "../meter.ts";
import { isIntact, removeQuietly, statQuietly } from "./integrity.ts";
import { CacheIndex, type Entry } from "./cache_index.ts";

export interface CachedFilesOptions {
  folder: string;
  /** The name of a URL's files, without an ending. */
  nameOf: (url: string) => string;
  meter: Meter;
}

const log = logOf("pictures");

export class CachedFiles {
  readonly #options: CachedFilesOptions;
  readonly #index = new CacheIndex();

  constructor(options: CachedFilesOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#index.bytes;
  }

  get size(): number {
    return this.#index.size;
  }

  get(url: string): Entry | undefined {
    return this.#index.get(url);
  }

  /** Those of the same bytes, whatever their URLs. */
  alike(sha256: string): readonly Entry[] {
    return this.#index.alike(sha256);
  }

  /** Whether it is still there, and not another one in its place. */
  has(entry: Entry): boolean {
    return this.#index.has(entry);
  }

  /** Marks it as just used. */
  use(entry: Entry): void {
    this.#index.use(entry);
  }

  /** Takes over what was found, to be verified when it is first wanted. */
  adopt({ sidecar, path, mtime_ms }: CachedPicture): void {
    if (this.#index.get(sidecar.url)) return;
    const name = this.#options.nameOf(sidecar.url);
    this.#index.put({ kept: { ...sidecar, path }, name, mtime_ms, checked_ms: 0, verifying: null });
  }

  /** Puts `kept` in, and `swap`s its file and sidecar in, for whatever had their names. */
  put(kept: KeptPicture, swap: (sidecar: string) => void): void {
    const name = this.#options.nameOf(kept.url);
    const before = this.#index.named(name);
    if (before) this.forget(before, { but: kept.path });
    swap(this.#sidecarOf(name));
    const mtime_ms = Deno.lstatSync(kept.path).mtime?.getTime() ?? 0;
    this.#index.put({ kept, name, mtime_ms, checked_ms: Date.now(), verifying: null });
  }

  /** Removes entry, file and sidecar; what lies at `but` is about to be replaced. */
  forget(entry: Entry, { but }: { but?: string } = {}): void {
    if (!this.#index.has(entry)) return;
    this.#index.take(entry);
    if (entry.kept.path !== but) removeQuietly(entry.kept.path);
    if (but === undefined) removeQuietly(this.#sidecarOf(entry.name));
  }

  /** Removes what was not as it had been kept. */
  lose(entry: Entry): void {
    if (!this.#index.has(entry)) return;
    this.#options.meter.count("corrupt");
    log.warn("A picture of the cache was not as it had been kept: {path} is removed", {
      path: entry.kept.path,
    });
    this.forget(entry);
  }

  /** Looks at the file, and into it where it was not verified or has changed. */
  async check(entry: Entry): Promise<boolean> {
    const found = statQuietly(entry.kept.path);
    const alike = found?.isFile && found.size === entry.kept.size;
    if (alike && entry.checked_ms > 0 && found.mtime?.getTime() === entry.mtime_ms) {
      entry.checked_ms = Date.now();
      return true;
    }
    const mtime_ms = found?.mtime?.getTime() ?? 0;
    entry.verifying ??= alike ? isIntact(entry.kept) : Promise.resolve(false);
    const sound = await entry.verifying;
    entry.verifying = null;
    if (!this.#index.has(entry)) return false;
    if (sound) Object.assign(entry, { checked_ms: Date.now(), mtime_ms });
    else this.lose(entry);
    return sound;
  }

  /** Gives up the longest unused until there are no more bytes than that; never the one of `but`. */
  evictTo(limit: number, but?: string): void {
    for (const entry of this.#index) {
      if (this.#index.bytes <= limit) return;
      if (entry.kept.url === but) continue;
      this.#options.meter.count("evicted");
      this.#options.meter.count("bytes_evicted", entry.kept.size);
      this.forget(entry);
    }
  }

  /** The longest unused first; what is taken meanwhile is not missed. */
  [Symbol.iterator](): IterableIterator<Entry> {
    return this.#index[Symbol.iterator]();
  }

  #sidecarOf(name: string): string {
    return join(this.#options.folder, `${name}.json`);
  }
}
