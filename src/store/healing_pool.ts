import type postgres from "postgres";

/** How long what is on its way over a pool that was replaced may take, in seconds. */
const GRACE_SECONDS = 2;

/**
 * A pool of postgres.js that is made anew whenever one of its connections is lost; `open` makes
 * one that calls `onclose` then (and has no lifetime of its own: `max_lifetime: null`).
 *
 * A connection of postgres.js that was lost keeps what it was about to write and the last error it
 * heard. Made anew, it fails its next query with that error, or never answers again. So none is
 * used twice; what is on its way over the others of its pool still comes to its end.
 */
export function healingPool(open: (onclose: () => void) => postgres.Sql): postgres.Sql {
  const retired = new Set<Promise<void>>();
  let ended = false;
  let pool = make();

  function make(): postgres.Sql {
    const made = open(() => {
      if (made === pool && !ended) replace();
    });
    return made;
  }

  function replace(): void {
    const old = pool;
    pool = make();
    const ending = old.end({ timeout: GRACE_SECONDS }).catch(() => {})
      .finally(() => retired.delete(ending));
    retired.add(ending);
  }

  async function end(options?: { timeout?: number }): Promise<void> {
    ended = true;
    await Promise.all([pool.end(options), ...retired]);
  }

  // The target is only there to be called; everything is asked of the pool of the moment.
  return new Proxy(pool, {
    apply: (_, self, args) => Reflect.apply(pool, self, args),
    get: (_, name) => name === "end" ? end : Reflect.get(pool, name),
  });
}
