/** A file on its way to the disk: few writes, a bounded part in memory, the hash along the way. */
import { createHash } from "node:crypto";
import { isDenied, isFull } from "./disk_error.ts";

/** Where temporary files go, and who makes room for them. */
export interface Ground {
  /** Blocks of memory to be used again. */
  readonly blocks: Uint8Array<ArrayBuffer>[];
  /** A path that nobody has used. */
  newPath(): string;
  /** Makes room for so many bytes; false when there is nothing left to give up. */
  makeRoom(bytes: number): boolean;
  /** Called when the ground may not be written: `newPath` leads elsewhere from now on. */
  giveUp(error: unknown): void;
}

const BLOCK = 64 * 1024;
const BLOCKS_MAX = 64;

export class Spool {
  readonly #ground: Ground;
  readonly #hash = createHash("sha256");
  readonly #block: Uint8Array<ArrayBuffer>;
  #path: string;
  #file: Deno.FsFile | null = null;
  /** How much of the block waits for the disk. */
  #filled = 0;
  #size = 0;
  #ended = false;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#path = ground.newPath();
    this.#block = ground.blocks.pop() ?? new Uint8Array(BLOCK);
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
    if (this.#ground.blocks.length < BLOCKS_MAX) this.#ground.blocks.push(this.#block);
  }

  async #flush(): Promise<void> {
    const file = this.#file ??= await this.#open();
    for (let done = 0; done < this.#filled;) {
      const rest = this.#block.subarray(done, this.#filled);
      done += await withRoom(this.#ground, rest.length, () => file.write(rest));
    }
    this.#filled = 0;
  }

  /** What is small goes to the disk in one piece. */
  async #writeWhole(): Promise<void> {
    const bytes = this.#block.subarray(0, this.#filled);
    await this.#onGround(bytes.length, () => Deno.writeFile(this.#path, bytes, { mode: 0o600 }));
  }

  #open(): Promise<Deno.FsFile> {
    const options = { write: true, createNew: true, mode: 0o600 };
    return this.#onGround(BLOCK, () => Deno.open(this.#path, options));
  }

  /** Makes the file; where this ground may not be written, on another. */
  async #onGround<T>(bytes: number, make: () => Promise<T>): Promise<T> {
    try {
      return await withRoom(this.#ground, bytes, make);
    } catch (error) {
      // A folder that somebody has removed is one that cannot be written.
      if (!isDenied(error) && !(error instanceof Deno.errors.NotFound)) throw error;
      this.#ground.giveUp(error);
      this.#path = this.#ground.newPath();
      return await make();
    }
  }
}

/** Does `work`; as long as the disk is full, makes room and does it again. */
async function withRoom<T>(
  ground: Pick<Ground, "makeRoom">,
  bytes: number,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isFull(error) || !ground.makeRoom(bytes)) throw error;
    }
  }
}

/** The same for what is small enough to be waited for. */
export function withRoomSync(ground: Pick<Ground, "makeRoom">, work: () => void): void {
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isFull(error) || !ground.makeRoom(0)) throw error;
    }
  }
}
