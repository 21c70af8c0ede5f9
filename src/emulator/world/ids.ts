/**
 * Ids of updates and messages that never repeat, even when the process is killed: they start from
 * the clock, and with a file a block is reserved on disk before its first id is given out.
 */
import { integerOf } from "../model/json_value.ts";
import { readSaved, writeWholeSync } from "../files/durable_file.ts";

const epoch_ms = Date.UTC(2025, 0, 1);
const block = 1000;

/** What is counted. */
export type IdName = "update_id" | "message_id";

/** Counters that never give a number twice, restarts included. */
export class Ids {
  readonly #file: string | undefined;
  readonly #next: Record<IdName, number>;
  readonly #reserved: Record<IdName, number>;

  /** `file` keeps the reserved ends. */
  constructor(file: string | undefined, now_ms: number) {
    // Ten a second since 2025: ahead of any earlier run that made fewer, within 31 bits to 2031.
    const base = Math.floor((now_ms - epoch_ms) / 100);
    const saved = file === undefined ? undefined : readSaved(file);
    const end = (name: IdName) => integerOf(saved?.[name]) ?? 0;
    this.#file = file;
    this.#next = {
      update_id: Math.max(base, end("update_id")),
      message_id: Math.max(base, end("message_id")),
    };
    this.#reserved = { ...this.#next };
  }

  /** What `next` would answer. */
  peek(): Record<IdName, number> {
    return { ...this.#next };
  }

  /** From now on ids are not below these, where they are known. */
  atLeast(ids: Readonly<Partial<Record<IdName, number>>>): void {
    const { update_id = 0, message_id = 0 } = ids;
    this.#next.update_id = Math.max(this.#next.update_id, update_id);
    this.#next.message_id = Math.max(this.#next.message_id, message_id);
  }

  next(name: IdName): number {
    const id = this.#next[name]++;
    if (id >= this.#reserved[name]) {
      this.#reserved[name] = id + block;
      if (this.#file !== undefined) writeWholeSync(this.#file, JSON.stringify(this.#reserved));
    }
    return id;
  }
}
