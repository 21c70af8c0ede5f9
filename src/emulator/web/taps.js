// @ts-check
/// <reference lib="dom" />

/** A phone stops waiting for a bot that never answers a tap, in milliseconds. */
const PATIENCE = 15_000;

/** Which inline buttons wait for their answer. */
export class Taps {
  /** @type {Map<string, { message_id: number, callback_query_id: string | null }>} */
  #waiting = new Map();
  /** Answers that overtook the tap's own response. @type {Set<string>} */
  #early = new Set();
  #changed;

  /** @param {(message_id: number) => void} changed told when a message's buttons change */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {number} message_id @param {string} data */
  isBusy(message_id, data) {
    return this.#waiting.has(`${message_id}:${data}`);
  }

  /**
   * Spins the button from the tap to its answer. A button that spins ignores further taps.
   * @param {number} message_id
   * @param {string} data
   * @param {() => Promise<{ callback_query_id: string }>} send
   */
  async tap(message_id, data, send) {
    const key = `${message_id}:${data}`;
    if (this.#waiting.has(key)) return;
    /** @type {{ message_id: number, callback_query_id: string | null }} */
    const waiting = { message_id, callback_query_id: null };
    this.#waiting.set(key, waiting);
    this.#changed(message_id);
    try {
      waiting.callback_query_id = (await send()).callback_query_id;
      if (this.#early.delete(waiting.callback_query_id)) this.#end(key);
      else setTimeout(() => this.#waiting.get(key) === waiting && this.#end(key), PATIENCE);
    } catch (error) {
      this.#end(key);
      throw error;
    }
  }

  /** @param {string} callback_query_id */
  answered(callback_query_id) {
    for (const [key, waiting] of this.#waiting) {
      if (waiting.callback_query_id === callback_query_id) return this.#end(key);
    }
    this.#early.add(callback_query_id);
  }

  /** @param {string} key */
  #end(key) {
    const waiting = this.#waiting.get(key);
    this.#waiting.delete(key);
    if (waiting) this.#changed(waiting.message_id);
  }
}
