/** Files for those who asked, of pictures that may not be kept: gone after a while. */
import { join } from "node:path";
import type { KeptPicture } from "../../../machines/picture.ts";

/** Long enough to be uploaded. */
const LIFE_MS = 5 * 60_000;

export class TempFiles {
  readonly #files = new Map<string, { until: number; picture: KeptPicture | null }>();
  #folder: string | null = null;
  #count = 0;

  /** A path of its own in a folder that only we can read, made when it is first needed. */
  newPath(): string {
    this.#folder ??= Deno.makeTempDirSync({ prefix: "amanita_pictures_" });
    const path = join(this.#folder, `tmp-${this.#count++}`);
    this.adopt(path);
    return path;
  }

  /** Sees to it that this file goes as well; `picture` is what it is, where that is known. */
  adopt(path: string, picture: KeptPicture | null = null): void {
    this.#files.set(path, { until: Date.now() + LIFE_MS, picture });
  }

  /** A picture of these bytes that has not gone yet. */
  find(sha256: string): KeptPicture | null {
    for (const { picture } of this.#files.values()) if (picture?.sha256 === sha256) return picture;
    return null;
  }

  /** Removes what has lived long enough. */
  async sweep(): Promise<void> {
    const over = [...this.#files].filter(([, { until }]) => until <= Date.now());
    for (const [path] of over) {
      this.#files.delete(path);
      await Deno.remove(path).catch(() => {});
    }
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#files.keys()].map((path) => Deno.remove(path)));
    this.#files.clear();
    if (this.#folder) await Deno.remove(this.#folder, { recursive: true }).catch(() => {});
  }
}
