/** Does work, a limited number of pieces at once; the others wait in the order they came. */
export type Limiter = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** At most `max` pieces of work at once. */
export function openLimiter(max: number): Limiter {
  const waiting: (() => void)[] = [];
  let free = max;
  return async (work) => {
    // A place is handed to the next in line, so nobody who comes later can take it.
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
