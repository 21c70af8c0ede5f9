/** Watches the threads that a piece of code begins, or puts others in their place. */

/** Threads that were begun since, and those of them that go on. */
export interface Threads extends Disposable {
  begun: number;
  alive: Set<Worker>;
  /** How many went on at once. */
  most: number;
  /** What each was permitted. */
  permitted: (Deno.PermissionOptions | undefined)[];
}

interface Instead {
  /** Another way to send to a thread. */
  post?: () => never;
  /** Another program for it. */
  program?: string;
}

/** Counts every worker until the end of the block. */
export function countThreads({ post, program }: Instead = {}): Threads {
  const Original = Worker;
  const alive = new Set<Worker>();
  const threads: Threads = {
    begun: 0,
    alive,
    most: 0,
    permitted: [],
    [Symbol.dispose]() {
      globalThis.Worker = Original;
      for (const worker of alive) worker.terminate();
    },
  };
  globalThis.Worker = class extends Original {
    constructor(url: string | URL, options?: WorkerOptions) {
      const other = program && `data:application/javascript,${encodeURIComponent(program)}`;
      super(other ?? url, options);
      threads.permitted.push(options?.deno?.permissions);
      threads.begun++;
      alive.add(this);
      threads.most = Math.max(threads.most, alive.size);
      if (post) this.postMessage = post;
    }

    override terminate(): void {
      super.terminate();
      alive.delete(this);
    }
  };
  return threads;
}

/** How many there were, and go on. */
export const counts = ({ begun, alive }: Threads) => ({ begun, alive: alive.size });
