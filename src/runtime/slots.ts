/** So much at once and no more; who comes first goes first. */
export interface Slots {
  with<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function openSlots(max: number): Slots {
  let free = max;
  const waiting: (() => void)[] = [];
  return {
    async with(work) {
      if (free > 0) free--;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free++;
      }
    },
  };
}
