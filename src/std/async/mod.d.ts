// The types of what we use of @std/async: npm's copy of Deno's std carries none.
/** Rejects as soon as the signal aborts: with its reason, whatever becomes of the promise. */
export function abortable<T>(p: Promise<T>, signal: AbortSignal): Promise<T>;

export interface DelayOptions {
  signal?: AbortSignal;
  /** Whether the process waits for it, too; true unless given. */
  persistent?: boolean;
}
/** Rejects with the signal's reason as soon as it aborts. */
export function delay(ms: number, options?: DelayOptions): Promise<void>;

export interface DeadlineOptions {
  signal?: AbortSignal;
}
/** Rejects with a DOMException named TimeoutError; its timer keeps no process alive. */
export function deadline<T>(p: Promise<T>, ms: number, options?: DeadlineOptions): Promise<T>;
