/** Gathers what many ask for into few transactions. */
import { setImmediate } from "node:timers";

/** How a group is made and committed. */
export interface GroupCommitOptions<Request, Reply> {
  /** Requests with one key never go in one batch: the second must see the first's outcome. */
  keyOf: (request: Request) => string;
  /** Commits a batch in one transaction; replies in the order of the requests. */
  flush: (batch: readonly Request[]) => Promise<readonly Reply[]>;
  /** Whether a failed batch is tried again one by one, so that only the culprit fails. */
  retriesAlone: (error: unknown) => boolean;
  /** Transactions in flight at once. */
  flights_max?: number;
  batch_max?: number;
}

/** Fewer than this are not worth two transactions. */
const CROWD = 16;

interface Waiting<Request, Reply> {
  request: Request;
  resolve: (reply: Reply) => void;
  reject: (error: unknown) => void;
}

/**
 * While at most `flights_max` batches are in flight, everything that waits goes as one.
 * So a lone request waits for nothing, and a crowd shares one round trip and one fsync.
 */
export function groupCommit<Request, Reply>(options: GroupCommitOptions<Request, Reply>) {
  const { keyOf, flush, retriesAlone, flights_max = 2, batch_max = 256 } = options;
  let waiting: Waiting<Request, Reply>[] = [];
  let flights = 0;
  let pumping = false;
  let idlers: (() => void)[] = [];

  function submit(request: Request): Promise<Reply> {
    return new Promise((resolve, reject) => {
      waiting.push({ request, resolve, reject });
      if (pumping) return;
      pumping = true;
      // Those who ask in the same turn of the event loop share a batch.
      setImmediate(pump);
    });
  }

  function pump(): void {
    pumping = false;
    while (flights < flights_max && waiting.length > 0) {
      const batch = takeBatch(fairShare());
      flights++;
      void fly(batch).finally(() => {
        flights--;
        pump();
      });
    }
    if (flights === 0 && waiting.length === 0) {
      for (const resolve of idlers) resolve();
      idlers = [];
    }
  }

  /** A crowd is spread over the free flights: while one is committed, the next is made up. */
  function fairShare(): number {
    const free = flights_max - flights;
    return waiting.length < CROWD ? waiting.length : Math.ceil(waiting.length / free);
  }

  function takeBatch(share: number): Waiting<Request, Reply>[] {
    const keys = new Set<string>();
    const batch: Waiting<Request, Reply>[] = [];
    const rest: Waiting<Request, Reply>[] = [];
    for (const entry of waiting) {
      const key = keyOf(entry.request);
      const fits = batch.length < Math.min(share, batch_max) && !keys.has(key);
      keys.add(key);
      (fits ? batch : rest).push(entry);
    }
    waiting = rest;
    return batch;
  }

  async function fly(batch: readonly Waiting<Request, Reply>[]): Promise<void> {
    try {
      const replies = await flush(batch.map(({ request }) => request));
      batch.forEach(({ resolve, reject }, i) => {
        const reply = replies[i];
        if (reply === undefined) reject(new Error("The batch was answered in part"));
        else resolve(reply);
      });
    } catch (error) {
      if (batch.length > 1 && retriesAlone(error)) {
        for (const entry of batch) await fly([entry]);
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  return {
    submit,
    idle: (): Promise<void> =>
      flights === 0 && waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => idlers.push(resolve)),
  };
}
