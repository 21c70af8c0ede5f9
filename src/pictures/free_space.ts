/** How much the disk has left, asked seldom. */
import { statfsSync } from "node:fs";

export interface FreeSpace {
  /** So many bytes must go for the minimum to be free; 0 when all is well or cannot be known. */
  missing(): number;
}

const ASKED_EVERY_MS = 1_000;

/** Looks after the disk of `folder`. */
export function watchFreeSpace(folder: string, min_free_bytes: number): FreeSpace {
  let asked_ms = 0;
  return {
    missing() {
      // What is given up now shows when the disk is asked again: in between, nothing is missing.
      if (performance.now() - asked_ms < ASKED_EVERY_MS) return 0;
      asked_ms = performance.now();
      try {
        const { bavail, bsize } = statfsSync(folder);
        return Math.max(0, min_free_bytes - bavail * bsize);
      } catch {
        return 0; // needs a permission of its own, which nobody has to give
      }
    },
  };
}
