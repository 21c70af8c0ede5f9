/** How often something is done per second, and how long one time takes. */
export interface Figures {
  per_second: number;
  p50_ms: number;
  p99_ms: number;
}

/** Does `work` in `lanes` lanes at once, each one after the other, for `duration_ms`. */
export async function measure(
  lanes: number,
  duration_ms: number,
  work: (lane: number) => Promise<void>,
): Promise<Figures> {
  const took_ms: number[] = [];
  const begin = performance.now();
  await Promise.all(Array.from({ length: lanes }, async (_, lane) => {
    while (performance.now() - begin < duration_ms) {
      const start = performance.now();
      await work(lane);
      took_ms.push(performance.now() - start);
    }
  }));
  const seconds = (performance.now() - begin) / 1000;
  took_ms.sort((a, b) => a - b);
  const at = (share: number) => took_ms[Math.floor(took_ms.length * share)] ?? 0;
  return { per_second: took_ms.length / seconds, p50_ms: at(0.5), p99_ms: at(0.99) };
}
