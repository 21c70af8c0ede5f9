/** How much the disk has left, asked seldom. */
import { statfsSync } from "node:fs";
import { logOf } from "../../base/log.ts";

export interface FreeSpace {
  /** So many bytes must go for the minimum to be free; 0 when all is well or cannot be known. */
  missing(): number;
}

const ASKED_EVERY_MS = 1_000;

/** Looks after the disk of `folder`; says once where it is not allowed to. */
export function watchFreeSpace(folder: string, min_free_bytes: number): FreeSpace {
  let asked_ms = -Infinity;
  let told = min_free_bytes === 0;
  return {
    missing() {
      // What is given up now shows when the disk is asked again: in between, nothing is missing.
      if (performance.now() - asked_ms < ASKED_EVERY_MS) return 0;
      asked_ms = performance.now();
      try {
        const { bavail, blocks, bsize } = statfsSync(folder);
        // Some file systems know no size at all.
        return blocks === 0 ? 0 : Math.max(0, min_free_bytes - bavail * bsize);
      } catch (error) {
        if (!told && error instanceof Deno.errors.NotCapable) {
          logOf("pictures").warn("Cannot see how much of the disk is free: {error}", {
            error: error.message,
          });
          told = true;
        }
        return 0; // nothing is given up for what cannot be known
      }
    },
  };
}
