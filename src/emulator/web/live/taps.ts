/** Which inline buttons wait for their answer. */

/** A phone stops waiting for a bot that never answers a tap. */
const patience_ms = 15_000;

export class Taps {
  readonly #waiting = new Map<string, { callback_query_id: string | null }>();
  /** Answers that overtook the tap's own response. */
  readonly #early = new Set<string>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  isBusy(message_id: number, data: string): boolean {
    return this.#waiting.has(`${message_id}:${data}`);
  }

  /** Spins the button from the tap to its answer. A button that spins ignores further taps. */
  async tap(
    message_id: number,
    data: string,
    send: () => Promise<{ callback_query_id: string }>,
  ): Promise<void> {
    const key = `${message_id}:${data}`;
    if (this.#waiting.has(key)) return;
    const waiting: { callback_query_id: string | null } = { callback_query_id: null };
    this.#waiting.set(key, waiting);
    this.#changed();
    try {
      waiting.callback_query_id = (await send()).callback_query_id;
      if (this.#early.delete(waiting.callback_query_id)) this.#end(key);
      else setTimeout(() => this.#waiting.get(key) === waiting && this.#end(key), patience_ms);
    } catch (error) {
      this.#end(key);
      throw error;
    }
  }

  answered(callback_query_id: string): void {
    for (const [key, waiting] of this.#waiting) {
      if (waiting.callback_query_id === callback_query_id) return this.#end(key);
    }
    this.#early.add(callback_query_id);
  }

  #end(key: string): void {
    this.#waiting.delete(key);
    this.#changed();
  }
}
