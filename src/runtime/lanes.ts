/** Work in order per key, in parallel across keys. */
export interface Lanes {
  /** Runs `work` after everything that came before it in this lane; a failure stops nobody else. */
  run<Result>(lane: string, work: () => Promise<Result>): Promise<Result>;
}

export function openLanes(): Lanes {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run(lane, work) {
      const before = tails.get(lane) ?? Promise.resolve();
      const result = before.then(work, work);
      const tail = result.catch(() => undefined).finally(() => {
        if (tails.get(lane) === tail) tails.delete(lane);
      });
      tails.set(lane, tail);
      return result;
    },
  };
}
