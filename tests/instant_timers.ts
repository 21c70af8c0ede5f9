/** Timers that go off at once, and chance that is told, for tests of how long something waits. */

/**
 * Runs `work`, in which every timer goes off at once and Math.random says `chance`; the times that
 * timers were set to, in ms.
 */
export async function withInstantTimers(
  chance: number,
  work: () => Promise<unknown>,
): Promise<number[]> {
  const waits: number[] = [];
  const { setTimeout } = globalThis;
  const { random } = Math;
  const instant = (callback: () => void, ms = 0) => {
    waits.push(ms);
    return setTimeout(callback, 0);
  };
  Reflect.set(globalThis, "setTimeout", instant);
  Math.random = () => chance;
  try {
    await work();
  } finally {
    Reflect.set(globalThis, "setTimeout", setTimeout);
    Math.random = random;
  }
  return waits;
}
