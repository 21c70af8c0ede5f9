/** Timers that go off at once, for tests of how long something waits. */

/** Runs `work`, in which every timer goes off at once; the times that they were set to, in ms. */
export async function withInstantTimers(work: () => Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  const { setTimeout } = globalThis;
  const instant = (callback: () => void, ms = 0) => {
    waits.push(ms);
    return setTimeout(callback, 0);
  };
  Reflect.set(globalThis, "setTimeout", instant);
  try {
    await work();
  } finally {
    Reflect.set(globalThis, "setTimeout", setTimeout);
  }
  return waits;
}
