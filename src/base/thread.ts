/** A thread beside the one that answers people: it may think, and nothing else. */

/** Ends with the block it is opened in. */
export interface Thread<Question, Answer> extends Disposable {
  /** One question at a time. Throws `ThreadOver` once there is no thread. */
  ask(question: Question, how?: Asked): Promise<Answer>;
  /** Ends it for whoever waits for an answer, and for all who ask later. */
  end(why: string): void;
}

/** How a question is asked. */
export interface Asked {
  /** Given away instead of copied. */
  buffers?: readonly ArrayBuffer[];
  /** How long its answer may take: after that, the thread is over. */
  limit_ms?: number;
}

export interface ThreadOptions {
  /** What it does, for whoever looks at the process. */
  name: string;
  /** Ends it, too. */
  signal?: AbortSignal;
  /** It failed, and what it said. */
  onBroken?: (message: string) => void;
}

/** The thread broke, or its time was over. */
export class ThreadOver extends Error {
  override name = "ThreadOver";
}

/**
 * Begins a thread whose program answers each message with one. It has no disk, no network and no
 * environment: what it needs beside the question, it imports.
 */
export function openThread<Question, Answer>(
  program: URL,
  { name, signal, onBroken }: ThreadOptions,
): Thread<Question, Answer> {
  signal?.throwIfAborted();
  const { promise: over, reject } = Promise.withResolvers<never>();
  // Also where nothing is asked just then.
  over.catch(() => undefined);
  const worker = new Worker(program, { type: "module", name, deno: { permissions: "none" } });
  const close = (error: unknown) => {
    signal?.removeEventListener("abort", onAbort);
    worker.terminate();
    reject(error);
  };
  const onAbort = () => close(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  const end = (why: string) => close(new ThreadOver(why));
  worker.onerror = (event) => {
    event.preventDefault();
    onBroken?.(event.message);
    end(event.message);
  };
  return {
    async ask(question, { buffers = [], limit_ms } = {}) {
      const { promise: answer, resolve } = Promise.withResolvers<Answer>();
      worker.onmessage = (event) => resolve(event.data);
      worker.postMessage(question, [...buffers]);
      const timer = limit_ms === undefined
        ? undefined
        : setTimeout(() => end(`The thread for ${name} took more than ${limit_ms} ms`), limit_ms);
      try {
        return await Promise.race([over, answer]);
      } finally {
        clearTimeout(timer);
      }
    },
    end,
    [Symbol.dispose]: () => end(`The thread for ${name} has ended`),
  };
}
