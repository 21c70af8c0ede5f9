/** Timers that go off at once, and chance that is told, for tests of how long something waits. */

/** Longer than any test takes, and as long as a timer may be. */
const NEVER_MS = 2 ** 31 - 1;

/**
 * Runs `work`, in which Math.random says `chance` and timers go off at once, or never where `fires`
 * says so; the times that timers were set to, in ms.
 */
export async function withInstantTimers(
  chance: number,
  work: () => Promise<unknown>,
  fires: (ms: number) => boolean = () => true,
): Promise<number[]> {
  const waits: number[] = [];
  const { setTimeout } = globalThis;
  const { random } = Math;
  const instant = (callback: () => void, ms = 0) => {
    waits.push(ms);
    return setTimeout(callback, fires(ms) ? 0 : NEVER_MS);
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
