/**
 * Pictures on disk, `{md5(url)}.{jpg|png|webp}` with a sidecar each, and an index of them in
 * memory, the longest unused first. A file is swapped in together with its sidecar and its entry
 * within one turn of the event loop, so that whoever reads sees all old or all new; and it goes
 * the same way. What is not as the sidecar says is removed as soon as it is seen.
 */
import { join } from "node:path";
import type { KeptPicture, Received } from "../../machines/picture.ts";
import { logOf } from "../log.ts";
import { type Found, lockCache, scanFolder } from "./cache_folder.ts";
import { isDenied } from "./disk_error.ts";
import type { FreeSpace } from "./free_space.ts";
import type { Meter } from "./meter.ts";
import { proves, readProven, removeQuietly, statQuietly } from "./proof.ts";
import { Scratch } from "./scratch.ts";
import { type Entry, Shelf } from "./shelf.ts";
import { nameOf as md5, writeSidecar } from "./sidecar.ts";
import { type Ground, withRoomSync } from "./spool.ts";

export interface CacheOptions {
  folder: string;
  max_bytes: number;
  space: FreeSpace;
  meter: Meter;
  /** How long a picture of this URL is fresh. */
  ttl_ms: (url: string) => number;
  /** How long beyond that it is kept, for when its origin is down. */
  keep_stale_ms: number;
  /** The name of a URL's files; md5 unless given. */
  nameOf?: (url: string) => string;
}

/** How long the look of a file is trusted. */
const TRUST_MS = 1_000;
/** The part of all bytes that goes when the disk is full. */
const GIVEN_UP = 0.1;

const PRIVATE = { mode: 0o600 };

const log = logOf("pictures");

export class DiskCache implements Ground {
  readonly blocks: Uint8Array<ArrayBuffer>[] = [];
  readonly #options: CacheOptions;
  readonly #nameOf: (url: string) => string;
  readonly #shelf = new Shelf();
  readonly #scratch = new Scratch();
  #lock: Disposable | null = null;
  #writable = true;
  #count = 0;

  private constructor(options: CacheOptions) {
    this.#options = options;
    this.#nameOf = options.nameOf ?? md5;
  }

  /** Takes the folder over. Throws FolderInUse; without permission it works without a cache. */
  static async open(options: CacheOptions): Promise<DiskCache> {
    const cache = new DiskCache(options);
    try {
      cache.#lock = lockCache(options.folder);
      const found = await scanFolder(options.folder, cache.#nameOf, { mend: true });
      for (const picture of found) cache.#adopt(picture);
      cache.#evictTo(options.max_bytes);
    } catch (error) {
      if (!isDenied(error)) {
        cache.#lock?.[Symbol.dispose]();
        throw error;
      }
      cache.giveUp(error);
    }
    return cache;
  }

  get writable(): boolean {
    return this.#writable;
  }

  get bytes(): number {
    return this.#shelf.bytes;
  }

  get size(): number {
    return this.#shelf.size;
  }

  has(url: string): boolean {
    return this.#shelf.get(url) !== undefined;
  }

  /** The picture of `url`, if it is there and sound, and how long it is fresh from now. */
  async find(url: string): Promise<{ kept: KeptPicture; fresh_ms: number } | null> {
    const entry = this.#shelf.get(url);
    if (!entry) return null;
    if (Date.now() - entry.checked_ms > TRUST_MS) {
      const sound = await this.#check(entry);
      // Whoever replaced it meanwhile has put a better one there.
      if (!this.#shelf.has(entry)) return await this.find(url);
      if (!sound) return null;
    }
    this.#shelf.use(entry);
    return { kept: entry.kept, fresh_ms: this.#freshFor(entry) };
  }

  /** Its bytes; null when the file is no longer that picture, and is to be asked for again. */
  async read(kept: KeptPicture): Promise<Uint8Array<ArrayBuffer> | null> {
    const entry = this.#shelf.get(kept.url);
    if (entry && entry.kept.sha256 !== kept.sha256) return null;
    const bytes = await readProven(kept);
    // Nothing was swapped in while it was read, or what was read cannot be told.
    if (bytes !== null && this.#shelf.get(kept.url) === entry) return bytes;
    if (bytes === null && entry) this.#lose(entry);
    return null;
  }

  /** Moves what was received into its place; a picture that may not be kept stays where it is. */
  keep(url: string, received: Received): KeptPicture & { cached: boolean } {
    const { path: temporary, no_store, ...sighted } = received;
    const served = { ...sighted, url, path: temporary, cached: false };
    if (no_store || !this.#writable || received.size > this.#options.max_bytes) {
      this.#scratch.adopt(temporary);
      if (no_store) this.drop(url);
      return served;
    }
    const name = this.#nameOf(url);
    const sidecar = join(this.#options.folder, `${name}.json`);
    const kept = { ...sighted, url, path: join(this.#options.folder, `${name}.${sighted.type}`) };
    // From here to the index without a pause.
    const before = this.#shelf.named(name);
    if (before) this.#forget(before, { but: kept.path });
    withRoomSync(this, () => Deno.writeTextFileSync(sidecar, writeSidecar(kept), PRIVATE));
    Deno.renameSync(temporary, kept.path);
    const mtime_ms = Deno.lstatSync(kept.path).mtime?.getTime() ?? 0;
    this.#shelf.put({ kept, name, mtime_ms, checked_ms: Date.now(), proving: null });
    this.#evictTo(this.#options.max_bytes, url);
    this.#evictTo(this.#shelf.bytes - this.#options.space.missing(), url);
    return { ...kept, cached: true };
  }

  /** The origin says that it is still the same; false when it has gone meanwhile. */
  async touch({ url, sha256 }: KeptPicture): Promise<boolean> {
    const entry = this.#shelf.get(url);
    if (entry?.kept.sha256 !== sha256) return false;
    try {
      const now = new Date();
      await Deno.utime(entry.kept.path, now, now);
      entry.mtime_ms = Deno.lstatSync(entry.kept.path).mtime?.getTime() ?? now.getTime();
      return this.#shelf.has(entry);
    } catch (error) {
      // A disk that takes no writes has the picture all the same.
      if (isDenied(error)) return true;
      this.#lose(entry);
      return false;
    }
  }

  drop(url: string): void {
    const entry = this.#shelf.get(url);
    if (entry) this.#forget(entry);
  }

  /** Removes what is older than anybody will want; resolves to how many went. */
  async sweep(): Promise<number> {
    await this.#scratch.sweep();
    let swept = 0;
    for (const entry of this.#shelf) {
      if (this.#freshFor(entry) > -this.#options.keep_stale_ms) continue;
      this.#forget(entry);
      swept += 1;
      if (swept % 100 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    this.#options.meter.count("swept", swept);
    this.#evictTo(this.#shelf.bytes - this.#options.space.missing());
    return swept;
  }

  async close(): Promise<void> {
    await this.#scratch.close();
    this.#lock?.[Symbol.dispose]();
    this.#lock = null;
    this.#writable = false;
  }

  newPath(): string {
    if (!this.#writable) return this.#scratch.newPath();
    return join(this.#options.folder, `tmp-${this.#count++}`);
  }

  makeRoom(bytes: number): boolean {
    if (this.#shelf.size === 0) return false;
    this.#evictTo(this.#shelf.bytes - Math.max(bytes, this.#shelf.bytes * GIVEN_UP));
    return true;
  }

  giveUp(error: unknown): void {
    if (!this.#writable) return;
    this.#writable = false;
    log.error("Cannot write {folder}: pictures are served without a cache: {error}", {
      folder: this.#options.folder,
      error: String(error),
    });
  }

  #freshFor({ mtime_ms, kept: { url } }: Entry): number {
    return mtime_ms + this.#options.ttl_ms(url) - Date.now();
  }

  #adopt({ sidecar, path, mtime_ms }: Found): void {
    const name = this.#nameOf(sidecar.url);
    this.#shelf.put({ kept: { ...sidecar, path }, name, mtime_ms, checked_ms: 0, proving: null });
  }

  /** Removes entry, file and sidecar; what lies at `but` is about to be replaced. */
  #forget(entry: Entry, { but }: { but?: string } = {}): void {
    if (!this.#shelf.has(entry)) return;
    this.#shelf.take(entry);
    const { path } = entry.kept;
    const sidecar = join(this.#options.folder, `${entry.name}.json`);
    for (const file of but === undefined ? [path, sidecar] : [path]) {
      if (file !== but) removeQuietly(file);
    }
  }

  #lose(entry: Entry): void {
    if (!this.#shelf.has(entry)) return;
    this.#options.meter.count("corrupt");
    log.warn("A picture of the cache was not as it had been kept: {path} is removed", {
      path: entry.kept.path,
    });
    this.#forget(entry);
  }

  /** Looks at the file, and into it where it was not proven or has changed. */
  async #check(entry: Entry): Promise<boolean> {
    const found = statQuietly(entry.kept.path);
    const alike = found?.isFile && found.size === entry.kept.size;
    if (alike && entry.checked_ms > 0 && found.mtime?.getTime() === entry.mtime_ms) {
      entry.checked_ms = Date.now();
      return true;
    }
    const mtime_ms = found?.mtime?.getTime() ?? 0;
    entry.proving ??= alike ? proves(entry.kept) : Promise.resolve(false);
    const sound = await entry.proving;
    entry.proving = null;
    if (!this.#shelf.has(entry)) return false;
    if (sound) Object.assign(entry, { checked_ms: Date.now(), mtime_ms });
    else this.#lose(entry);
    return sound;
  }

  #evictTo(limit: number, but?: string): void {
    for (const entry of this.#shelf) {
      if (this.#shelf.bytes <= limit) return;
      if (entry.kept.url === but) continue;
      this.#options.meter.count("evicted");
      this.#options.meter.count("bytes_evicted", entry.kept.size);
      this.#forget(entry);
    }
  }
}
