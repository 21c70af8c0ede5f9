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
  /** By the sha256 of their bytes, which may be those of several URLs. */
  readonly #alike = new Map<string, readonly Entry[]>();
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

  alike(sha256: string): readonly Entry[] {
    return this.#alike.get(sha256) ?? [];
  }

  put(entry: Entry): void {
    const { sha256 } = entry.kept;
    this.#alike.set(sha256, [...this.alike(sha256), entry]);
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
    const { sha256 } = entry.kept;
    const others = this.alike(sha256).filter((it) => it !== entry);
    if (others.length > 0) this.#alike.set(sha256, others);
    else this.#alike.delete(sha256);
    this.#entries.delete(entry.kept.url);
    this.#urls.delete(entry.name);
    this.#bytes -= entry.kept.size;
  }

  /** The longest unused first; what is taken meanwhile is not missed. */
  [Symbol.iterator](): IterableIterator<Entry> {
    return this.#entries.values();
  }
}
