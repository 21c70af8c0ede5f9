import { groupCommit } from "./group_commit.ts";
import { throwStoreError } from "./store_unavailable.ts";

/**
 * Makes one question of what many ask in the same turn of the event loop, each key once: `read`
 * answers what it finds for `keys`; what it does not find is null. A later question is answered by what
 * is true then. Throws what `read` throws, or `StoreUnavailable`, to all who shared it.
 */
export function batchedReader<Value>(
  read: (keys: readonly string[]) => Promise<Iterable<readonly [key: string, value: Value]>>,
): (key: string) => Promise<Value | null> {
  const waiting = new Map<string, Promise<Value | null>>();
  const questions = groupCommit<string, Value | null>({
    keyOf: (key) => key,
    async flush(keys) {
      for (const key of keys) waiting.delete(key);
      const found = new Map(await read(keys).catch(throwStoreError));
      return keys.map((key) => found.get(key) ?? null);
    },
    retriesAlone: () => false,
    // Those who come while one is under way share the next: fewer statements, and none much later.
    flights_max: 1,
  });
  return (key) => {
    const asked = waiting.get(key) ?? questions.submit(key);
    waiting.set(key, asked);
    return asked;
  };
}
