/** A file on its way to the disk: few writes, a bounded part in memory, the hash along the way. */
import { createHash } from "node:crypto";
import { isDenied, isFull } from "./disk_error.ts";

/** Where temporary files go, and who makes room for them. */
export interface TempStorage {
  /** Blocks of memory to be used again. */
  readonly blocks: Uint8Array<ArrayBuffer>[];
  /** A path that nobody has used. */
  newPath(): string;
  /** Makes room for so many bytes; false when there is nothing left to give up. */
  makeRoom(bytes: number): boolean;
  /** Called when the folder may not be written: `newPath` leads elsewhere from now on. */
  giveUp(error: unknown): void;
}

const BLOCK = 64 * 1024;
const BLOCKS_MAX = 64;

export class Spool {
  readonly #tempStorage: TempStorage;
  readonly #hash = createHash("sha256");
  readonly #block: Uint8Array<ArrayBuffer>;
  #path: string;
  #file: Deno.FsFile | null = null;
  /** How much of the block waits for the disk. */
  #filled = 0;
  #size = 0;
  #ended = false;

  constructor(tempStorage: TempStorage) {
    this.#tempStorage = tempStorage;
    this.#path = tempStorage.newPath();
    this.#block = tempStorage.blocks.pop() ?? new Uint8Array(BLOCK);
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Takes bytes; resolves when more may come. They are copied, so that what the network brought
   * is garbage at once, and not after it has grown old.
   */
  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#size += chunk.length;
    for (let taken = 0; taken < chunk.length;) {
      if (this.#filled === BLOCK) await this.#flush();
      const part = chunk.subarray(taken, taken + BLOCK - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      taken += part.length;
    }
  }

  /** All is written; the file is the caller's now. */
  async finish(): Promise<{ path: string; size: number; sha256: string }> {
    if (this.#file === null) await this.#writeWhole();
    else await this.#flush();
    this.#end();
    return { path: this.#path, size: this.#size, sha256: this.#hash.digest("hex") };
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    this.#end();
    await Deno.remove(this.#path).catch(() => {});
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#file?.close();
    if (this.#tempStorage.blocks.length < BLOCKS_MAX) this.#tempStorage.blocks.push(this.#block);
  }

  async #flush(): Promise<void> {
    const file = this.#file ??= await this.#open();
    for (let done = 0; done < this.#filled;) {
      const rest = this.#block.subarray(done, this.#filled);
      done += await withRoom(this.#tempStorage, rest.length, () => file.write(rest));
    }
    this.#filled = 0;
  }

  /** What is small goes to the disk in one piece. */
  async #writeWhole(): Promise<void> {
    const bytes = this.#block.subarray(0, this.#filled);
    await this.#inTempStorage(
      bytes.length,
      () => Deno.writeFile(this.#path, bytes, { mode: 0o600 }),
    );
  }

  #open(): Promise<Deno.FsFile> {
    const options = { write: true, createNew: true, mode: 0o600 };
    return this.#inTempStorage(BLOCK, () => Deno.open(this.#path, options));
  }

  /** Makes the file; where this folder may not be written, in another. */
  async #inTempStorage<T>(bytes: number, make: () => Promise<T>): Promise<T> {
    try {
      return await withRoom(this.#tempStorage, bytes, make);
    } catch (error) {
      // A folder that somebody has removed is one that cannot be written.
      if (!isDenied(error) && !(error instanceof Deno.errors.NotFound)) throw error;
      this.#tempStorage.giveUp(error);
      this.#path = this.#tempStorage.newPath();
      return await make();
    }
  }
}

/** Does `work`; as long as the disk is full, makes room and does it again. */
async function withRoom<T>(
  tempStorage: Pick<TempStorage, "makeRoom">,
  bytes: number,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isFull(error) || !tempStorage.makeRoom(bytes)) throw error;
    }
  }
}

/** The same for what is small enough to be waited for. */
export function withRoomSync(tempStorage: Pick<TempStorage, "makeRoom">, work: () => void): void {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isFull(error) || !tempStorage.makeRoom(0)) throw error;
    }
  }
}
