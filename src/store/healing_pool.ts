import postgres from "postgres";
import { StoreUnavailable } from "./store_unavailable.ts";
import { tellQuery } from "./told_query.ts";

/** How long a pool that was replaced goes on for those who wait there; more than one connecting. */
const GRACE_MS = 12_000;

/** And how long it may then take to end, in seconds. */
const END_SECONDS = 1;

/** As many as the log commits batches at once; further reservations wait. */
const RESERVED_MAX = 2;

interface Pool {
  sql: postgres.Sql;
  /** Tells those who wait for a connection that the pool is replaced. */
  waiting: Set<(reason: StoreUnavailable) => void>;
  /** How many connections are not reserved, and whose turn it is when one is free again. */
  free: number;
  line: (() => void)[];
  /** Resolves when all its connections are open, once that was asked for. */
  opened?: Promise<unknown> | undefined;
  replace: () => void;
}

const loss = Symbol("loss");

/** Tells a pool of `sql`, if it heals, of a connection that was lost; not every loss closes it. */
export function reportLoss(sql: postgres.Sql, of: "queries" | "reservations"): void {
  const replace: unknown = Reflect.get(sql, loss);
  if (typeof replace === "function") replace(of);
}

/**
 * A pool of postgres.js that is made anew whenever one of its connections is lost; `open` makes the
 * first, which calls `onclose` then (and whose connections do not age: `max_lifetime: null`).
 *
 * A connection of postgres.js that was lost keeps what it was about to write and the last error it
 * heard. Made anew, it fails its next query with that error, or never answers again. So nobody who
 * comes later gets one of that pool; who is there already comes to an end with it.
 *
 * What is reserved comes from a second such pool, which answers nothing else: between the moment in
 * which postgres.js finds a connection for a reservation and that in which it hands it over, it may
 * still send a query there. If that must be described first, every answer goes one place too far
 * ahead: the query gets that to `begin`, which is empty, and the last statement none.
 */
export function healingPool(open: (onclose: () => void) => postgres.Sql): postgres.Sql {
  const queries = heal(open);
  const reservations = heal((onclose) => another(queries.pool().sql, onclose, RESERVED_MAX));
  const own: Readonly<Record<string | symbol, unknown>> = {
    async reserve() {
      // postgres.js itself would connect anew, and never hand that connection over.
      if (reservations.isEnded()) throw new StoreUnavailable("The database was closed");
      return await reserve(reservations.pool());
    },
    end: (options?: { timeout?: number }) =>
      Promise.all([queries.end(options), reservations.end(options)]),
    [loss]: (of: "queries" | "reservations") =>
      (of === "queries" ? queries : reservations).replace(),
  };
  // The target is only there to be called; everything else is asked of the pool of the moment.
  return new Proxy(queries.pool().sql, {
    apply(_, self, args) {
      const query: unknown = Reflect.apply(queries.pool().sql, self, args);
      tellQuery(query);
      return query;
    },
    get: (_, name) => Object.hasOwn(own, name) ? own[name] : Reflect.get(queries.pool().sql, name),
  });
}

/** The pool of the moment, from the first time that it is asked for. */
function heal(open: (onclose: () => void) => postgres.Sql) {
  const retired = new Map<postgres.Sql, ReturnType<typeof setTimeout>>();
  let ended = false;
  let pool: Pool | undefined;

  function make(how: (onclose: () => void) => postgres.Sql): Pool {
    const replace = () => {
      if (made !== pool || ended) return;
      pool = make((onclose) => another(made.sql, onclose));
      retire(made.sql);
      const reason = "The database went away while a connection was waited for";
      for (const reject of made.waiting) reject(new StoreUnavailable(reason));
    };
    const sql = how(replace);
    const made: Pool = { sql, waiting: new Set(), free: sql.options.max, line: [], replace };
    return made;
  }

  function retire(sql: postgres.Sql): void {
    const timer = setTimeout(() => {
      retired.delete(sql);
      void sql.end({ timeout: END_SECONDS });
    }, GRACE_MS);
    retired.set(sql, timer);
  }

  return {
    pool: () => pool ??= make(open),
    isEnded: () => ended,
    replace: () => pool?.replace(),
    async end(options?: { timeout?: number }): Promise<void> {
      ended = true;
      for (const timer of retired.values()) clearTimeout(timer);
      const endings = [...retired.keys()].map((sql) => sql.end({ timeout: END_SECONDS }));
      await Promise.all([pool?.sql.end(options), ...endings]);
    },
  };
}

/** Who waits in a pool that was replaced may wait for ever, and is told instead. */
async function reserve(pool: Pool): Promise<postgres.ReservedSql> {
  const reserving = take(pool);
  const { promise, resolve, reject } = Promise.withResolvers<postgres.ReservedSql>();
  pool.waiting.add(reject);
  reserving.then(resolve, reject);
  try {
    return await promise;
  } catch (error) {
    reserving.then((connection) => connection.release(), () => {});
    throw error;
  } finally {
    pool.waiting.delete(reject);
  }
}

/**
 * A connection that is opened for a reservation is never given to it, once array types are known;
 * so all are opened beforehand. And nobody waits in the line of postgres.js: when a connection is
 * lost, it opens another for that caller, even after the pool's end, and keeps it.
 */
async function take(pool: Pool): Promise<postgres.ReservedSql> {
  pool.opened ??= openAll(pool.sql).catch((error) => {
    pool.opened = undefined;
    throw error;
  });
  await pool.opened;
  if (pool.free > 0) pool.free--;
  else await new Promise<void>((resolve) => pool.line.push(resolve));
  const connection = await pool.sql.reserve();
  const release = connection.release;
  connection.release = () => {
    release();
    const next = pool.line.shift();
    if (next) next();
    else pool.free++;
  };
  return connection;
}

/** As many queries at once as there are connections open them all. */
async function openAll(sql: postgres.Sql): Promise<void> {
  await Promise.all(Array.from({ length: sql.options.max }, () => sql`select 1`));
}

/** A pool like `old`, whose options hold what it has learned of the server's array types. */
function another(
  old: postgres.Sql,
  onclose: () => void,
  max: number = old.options.max,
): postgres.Sql {
  const options: postgres.Options<Record<string, never>> = {};
  return postgres(Object.assign(options, old.options, { onclose, max }));
}
