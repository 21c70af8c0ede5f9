/** Notices when nobody takes what people say: most likely the bot is not running. */
import type { TracedUpdate } from "./control.ts";

/** A bot that runs takes an update sooner. */
const patience_ms = 4000;

export class BotWatch {
  /** Whether an update has waited for too long. */
  isAway = false;
  /** Updates that wait, with the timers of our patience. */
  readonly #waiting = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  update({ n, state }: TracedUpdate): void {
    clearTimeout(this.#waiting.get(n));
    this.#waiting.delete(n);
    if (state === "pending") this.#waiting.set(n, setTimeout(() => this.#tell(true), patience_ms));
    // Whoever takes one is there.
    else if (state !== "unwanted") this.#tell(false);
  }

  #tell(isAway: boolean): void {
    if (this.isAway === isAway) return;
    this.isAway = isAway;
    this.#changed();
  }
}
