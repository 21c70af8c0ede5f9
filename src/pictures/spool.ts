/** A file on its way to the disk: few writes, a bounded part in memory, the hash along the way. */
import { createHash } from "node:crypto";
import { isDenied, isFull } from "./disk_error.ts";

/** Where temporary files go, and who makes room for them. */
export interface Ground {
  /** A path that nobody has used. */
  newPath(): string;
  /** Makes room for so many bytes; false when there is nothing left to give up. */
  makeRoom(bytes: number): boolean;
  /** Called when the ground may not be written: `newPath` leads elsewhere from now on. */
  giveUp(error: unknown): void;
}

const PART = 256 * 1024;

export class Spool {
  readonly #ground: Ground;
  readonly #hash = createHash("sha256");
  #path: string;
  #file: Deno.FsFile | null = null;
  #parts: Uint8Array[] = [];
  #pending = 0;
  #size = 0;

  constructor(ground: Ground) {
    this.#ground = ground;
    this.#path = ground.newPath();
  }

  get size(): number {
    return this.#size;
  }

  /** Takes bytes; resolves when more may come. */
  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#size += chunk.length;
    this.#parts.push(chunk);
    this.#pending += chunk.length;
    if (this.#pending >= PART) await this.#flush();
  }

  /** All is written; the file is the caller's now. */
  async finish(): Promise<{ path: string; size: number; sha256: string }> {
    if (this.#file === null) await this.#writeWhole();
    else await this.#flush();
    this.#file?.close();
    this.#file = null;
    return { path: this.#path, size: this.#size, sha256: this.#hash.digest("hex") };
  }

  /** Leaves nothing behind. */
  async discard(): Promise<void> {
    this.#file?.close();
    this.#file = null;
    await Deno.remove(this.#path).catch(() => {});
  }

  async #flush(): Promise<void> {
    const bytes = join(this.#parts, this.#pending);
    this.#parts = [];
    this.#pending = 0;
    this.#file ??= await this.#open();
    for (let done = 0; done < bytes.length;) {
      const rest = bytes.subarray(done);
      done += await withRoom(this.#ground, rest.length, async () => {
        return await this.#file?.write(rest) ?? 0;
      });
    }
  }

  /** What is small goes to the disk in one piece. */
  async #writeWhole(): Promise<void> {
    const bytes = join(this.#parts, this.#pending);
    this.#parts = [];
    await this.#onGround(bytes.length, () => Deno.writeFile(this.#path, bytes, { mode: 0o600 }));
  }

  #open(): Promise<Deno.FsFile> {
    const options = { write: true, createNew: true, mode: 0o600 };
    return this.#onGround(PART, () => Deno.open(this.#path, options));
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

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
