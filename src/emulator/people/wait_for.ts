/** Waiting on a person's phone for something to be seen. */
import type { PhoneEvents } from "../model/phone_event.ts";

const patience_ms = 5000;

/**
 * What `find` finds, now or as soon as anything happens. Rejects with `late`'s sentence after
 * `timeout_ms`, and with whatever `find` throws.
 */
export function waitFor<T>(
  phoneEvents: PhoneEvents,
  find: () => T | undefined,
  options: { timeout_ms?: number | undefined; late: (waited_ms: number) => string },
): Promise<T> {
  const { timeout_ms = patience_ms, late } = options;
  return new Promise((resolve, reject) => {
    const found = find();
    if (found !== undefined) return resolve(found);
    const stop = phoneEvents.listen(() => {
      try {
        const found = find();
        if (found !== undefined) end(() => resolve(found));
      } catch (error) {
        // The test's own condition failed: the test must see it, not the server.
        end(() => reject(error));
      }
    });
    const timer = setTimeout(() => end(() => reject(new Error(late(timeout_ms)))), timeout_ms);
    const end = (settle: () => void) => {
      stop();
      clearTimeout(timer);
      settle();
    };
  });
}
