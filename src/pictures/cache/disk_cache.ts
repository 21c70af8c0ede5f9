/**
 * Pictures on disk, `{md5(url)}.{jpg|png|webp}` with a sidecar each: how long they are fresh, how
 * much room they have, and what happens where the disk is full or may not be written.
 */
import { UnfitFolder } from "../../base/unfit_folder.ts";
import { delay } from "@std/async";
import { join } from "node:path";
import type { KeptPicture, Received } from "../../../machines/picture.ts";
import { logOf } from "../../base/log.ts";
import { FolderInUse, lockCache, scanFolder } from "./cache_folder.ts";
import { isDenied } from "./disk_error.ts";
import type { FreeSpace } from "./free_space.ts";
import type { Meter } from "../meter.ts";
import { type PictureFile, pictureFile } from "./picture_file.ts";
import { readIntact } from "./integrity.ts";
import { TempFiles } from "./temp_files.ts";
import type { Entry } from "./cache_index.ts";
import { nameOf as md5, writeSidecar } from "./sidecar.ts";
import { type TempStorage, withRoomSync } from "./spool.ts";
import { CachedFiles } from "./cached_files.ts";

export interface CacheOptions {
  folder: string;
  max_bytes: number;
  space: FreeSpace;
  meter: Meter;
  /** How long a picture of this URL is fresh. */
  ttl_ms: (url: string) => number;
  /** How long beyond that it is kept, for when its origin is down. */
  keep_stale_ms: number;
  /** Whether it does without the folder where another process has it, until that gives it back. */
  yields?: boolean;
  /** The name of a URL's files; md5 unless given. */
  nameOf?: (url: string) => string;
}

/** How long the look of a file is trusted. */
const TRUST_MS = 1_000;
/** The part of all bytes that goes when the disk is full. */
const GIVEN_UP = 0.1;

const PRIVATE = { mode: 0o600 };

const log = logOf("pictures");

export class DiskCache implements TempStorage {
  readonly blocks: Uint8Array<ArrayBuffer>[] = [];
  readonly #options: CacheOptions;
  readonly #nameOf: (url: string) => string;
  readonly #files: CachedFiles;
  readonly #tempFiles = new TempFiles();
  #lock: Disposable | null = null;
  #writable = true;
  #count = 0;

  private constructor(options: CacheOptions) {
    this.#options = options;
    this.#nameOf = options.nameOf ?? md5;
    this.#files = new CachedFiles({ ...options, nameOf: this.#nameOf });
  }

  /**
   * Takes the folder over; without permission it works without a cache. Throws FolderInUse, unless
   * it yields.
   */
  static async open(options: CacheOptions): Promise<DiskCache> {
    const cache = new DiskCache(options);
    try {
      await cache.#takeOver({ mend: true });
    } catch (error) {
      const reason = error instanceof UnfitFolder ? error.cause : error;
      const yields = error instanceof FolderInUse && options.yields === true;
      if (!isDenied(reason) && !yields) {
        cache.#lock?.[Symbol.dispose]();
        throw error;
      }
      cache.giveUp(reason);
    }
    return cache;
  }

  async #takeOver({ mend }: { mend: boolean }): Promise<void> {
    const { folder, max_bytes } = this.#options;
    this.#lock = lockCache(folder);
    for (const found of await scanFolder(folder, this.#nameOf, { mend })) this.#files.adopt(found);
    this.#files.evictTo(max_bytes);
  }

  /** Whether the folder is this process's, though it may not be written. */
  get owned(): boolean {
    return this.#lock !== null;
  }

  get writable(): boolean {
    return this.#writable;
  }

  get bytes(): number {
    return this.#files.bytes;
  }

  get size(): number {
    return this.#files.size;
  }

  has(url: string): boolean {
    return this.#files.get(url) !== undefined;
  }

  /** The picture of `url`, if it is there and sound, and how long it is fresh from now. */
  async find(url: string): Promise<{ kept: KeptPicture; fresh_ms: number } | null> {
    const entry = this.#files.get(url);
    if (!entry) return null;
    if (Date.now() - entry.checked_ms > TRUST_MS) {
      const sound = await this.#files.check(entry);
      // If it was replaced meanwhile, the new file is the better one.
      if (!this.#files.has(entry)) return await this.find(url);
      if (!sound) return null;
    }
    this.#files.use(entry);
    return { kept: entry.kept, fresh_ms: this.#freshFor(entry) };
  }

  /** Its bytes; null when the file is no longer that picture, and is to be asked for again. */
  async read(kept: KeptPicture): Promise<Uint8Array<ArrayBuffer> | null> {
    const entry = this.#files.get(kept.url);
    if (entry && entry.kept.sha256 !== kept.sha256) return null;
    const bytes = await readIntact(kept);
    // Nothing was swapped in while it was read, or what was read cannot be told.
    if (bytes !== null && this.#files.get(kept.url) === entry) return bytes;
    if (bytes === null && entry) this.#files.lose(entry);
    return null;
  }

  /** The picture of this sha256, sound as far as is known; null where there is none. */
  async openFile(sha256: string): Promise<PictureFile | null> {
    for (const { kept: { url } } of this.#files.alike(sha256)) {
      const found = await this.find(url);
      if (found?.kept.sha256 === sha256) return pictureFile(found.kept);
    }
    const kept = this.#tempFiles.find(sha256);
    return kept && pictureFile(kept);
  }

  /**
   * Moves what was received into its place; a picture that may not be kept stays where it is.
   * `at_ms` is when its origin gave it out, where that was not now.
   */
  keep(url: string, received: Received, at_ms?: number): KeptPicture & { cached: boolean } {
    const { path: temporary, no_store, ...described } = received;
    const served = { ...described, url, path: temporary, cached: false };
    if (no_store || !this.#writable || received.size > this.#options.max_bytes) {
      this.#tempFiles.adopt(temporary, served);
      if (no_store) this.drop(url);
      return served;
    }
    const kept = { ...described, url, path: this.#pathOf(url, described.type) };
    this.#files.put(kept, (sidecar) => {
      withRoomSync(this, () => Deno.writeTextFileSync(sidecar, writeSidecar(kept), PRIVATE));
      if (at_ms !== undefined) Deno.utimeSync(temporary, new Date(), new Date(at_ms));
      Deno.renameSync(temporary, kept.path);
    });
    this.#files.evictTo(this.#options.max_bytes, url);
    this.#files.evictTo(this.#files.bytes - this.#options.space.missing(), url);
    return { ...kept, cached: true };
  }

  /** The origin says that it is still the same; false when it has gone meanwhile. */
  async touch({ url, sha256 }: KeptPicture, at_ms = Date.now()): Promise<boolean> {
    const entry = this.#files.get(url);
    if (entry?.kept.sha256 !== sha256) return false;
    try {
      await Deno.utime(entry.kept.path, new Date(), new Date(at_ms));
      entry.mtime_ms = Deno.lstatSync(entry.kept.path).mtime?.getTime() ?? at_ms;
      return this.#files.has(entry);
    } catch (error) {
      // A disk that takes no writes has the picture all the same.
      if (isDenied(error)) return true;
      this.#files.lose(entry);
      return false;
    }
  }

  drop(url: string): void {
    const entry = this.#files.get(url);
    if (entry) this.#files.forget(entry);
  }

  /** Removes what is older than anybody will want; resolves to how many went. */
  async sweep(): Promise<number> {
    await this.#tempFiles.sweep();
    if (!this.#writable) await this.#tryAgain();
    let swept = 0;
    for (const entry of this.#files) {
      if (this.#freshFor(entry) > -this.#options.keep_stale_ms) continue;
      this.#files.forget(entry);
      swept += 1;
      if (swept % 100 === 0) await delay(0);
    }
    this.#options.meter.count("swept", swept);
    this.#files.evictTo(this.#files.bytes - this.#options.space.missing());
    return swept;
  }

  async close(): Promise<void> {
    await this.#tempFiles.close();
    this.#lock?.[Symbol.dispose]();
    this.#lock = null;
    this.#writable = false;
  }

  newPath(): string {
    if (!this.#writable) return this.#tempFiles.newPath();
    return join(this.#options.folder, `tmp-${this.#count++}`);
  }

  makeRoom(bytes: number): boolean {
    if (this.#files.size === 0) return false;
    this.#files.evictTo(this.#files.bytes - Math.max(bytes, this.#files.bytes * GIVEN_UP));
    return true;
  }

  giveUp(error: unknown): void {
    if (!this.#writable) return;
    this.#writable = false;
    if (error instanceof FolderInUse) {
      log.warn("Until its folder is free, pictures are not kept on the disk: {error}", {
        error: error.message,
      });
      return;
    }
    log.error("Cannot write {folder}: pictures are served without a cache: {error}", {
      folder: this.#options.folder,
      error: String(error),
    });
  }

  /** The folder may be there again, or have its permissions: then it is as if it had always been. */
  async #tryAgain(): Promise<void> {
    // Where it was ours, flights may be writing there still.
    const mend = this.#lock === null;
    const { folder } = this.#options;
    try {
      // What is locked may be a folder that has gone.
      this.#lock?.[Symbol.dispose]();
      this.#lock = null;
      await this.#takeOver({ mend });
      const probe = join(folder, `tmp-${this.#count++}`);
      Deno.writeTextFileSync(probe, "", PRIVATE);
      Deno.removeSync(probe);
      this.#writable = true;
      log.info("{folder} can be written again", { folder });
    } catch (error) {
      if (!isDenied(error) && !(error instanceof FolderInUse)) throw error;
    }
  }

  #freshFor({ mtime_ms, kept: { url } }: Entry): number {
    return mtime_ms + this.#options.ttl_ms(url) - Date.now();
  }

  #pathOf(url: string, ending: string): string {
    return join(this.#options.folder, `${this.#nameOf(url)}.${ending}`);
  }
}
