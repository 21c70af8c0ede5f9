/** What lies in the cache, in memory: by URL and by name, the longest unused first. */
import type { KeptPicture } from "../../../machines/picture.ts";

export interface Entry {
  kept: KeptPicture;
  /** Of its files, without an ending. */
  name: string;
  mtime_ms: number;
  /** When the file was last seen to be as it was; 0 while its bytes are not verified. */
  checked_ms: number;
  verifying: Promise<boolean> | null;
}

export class CacheIndex {
  readonly #entries = new Map<string, Entry>();
  readonly #urls = new Map<string, string>();
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(url: string): Entry | undefined {
    return this.#entries.get(url);
  }

  /** Whether it is still there, and not another one in its place. */
  has(entry: Entry): boolean {
    return this.#entries.get(entry.kept.url) === entry;
  }

  /** Entries whose files have this name: two URLs may share one. */
  named(name: string): Entry | undefined {
    return this.#entries.get(this.#urls.get(name) ?? "");
  }

  put(entry: Entry): void {
    this.#entries.set(entry.kept.url, entry);
    this.#urls.set(entry.name, entry.kept.url);
    this.#bytes += entry.kept.size;
  }

  /** Marks it as just used. */
  use(entry: Entry): void {
    this.#entries.delete(entry.kept.url);
    this.#entries.set(entry.kept.url, entry);
  }

  take(entry: Entry): void {
    this.#entries.delete(entry.kept.url);
    this.#urls.delete(entry.name);
    this.#bytes -= entry.kept.size;
  }

  /** The longest unused first; what is taken meanwhile is not missed. */
  [Symbol.iterator](): IterableIterator<Entry> {
    return this.#entries.values();
  }
}
