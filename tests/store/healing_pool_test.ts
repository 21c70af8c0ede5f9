import {
  assertEquals,
  assertFalse,
  assertInstanceOf,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { setImmediate as turn } from "node:timers/promises";
import postgres from "postgres";
import { healingPool, reportLoss } from "../../src/store/healing_pool.ts";
import { pipelined } from "../../src/store/pipeline.ts";
import { StoreUnavailable } from "../../src/store/store_unavailable.ts";
import { endsConnection, transaction } from "../../src/store/transaction.ts";
import { until } from "../bot/until.ts";
import { serverOnly } from "../database.ts";
import { needs, unless } from "../permissions.ts";

const reason = needs({ name: "env" }) || serverOnly() || needs({ name: "net", host: host() });

function host(): string {
  return new URL(Deno.env.get("TEST_DATABASE_URL") ?? "").host;
}

interface Lossy {
  sql: postgres.Sql;
  /** Ends the pool's connections, as a server does that is shut down; resolves to their number. */
  cut: () => Promise<number>;
  /** How many of them are in the middle of a query like this. */
  busyWith: (query: string) => Promise<number>;
}

function lossyTest(name: string, test: (pool: Lossy) => Promise<void>): void {
  Deno.test({
    ...unless(reason, name),
    async fn() {
      const url = Deno.env.get("TEST_DATABASE_URL") ?? "";
      const application_name = `pool ${crypto.randomUUID()}`;
      const admin = postgres(url, { max: 1, onnotice() {} });
      const sql = healingPool((onclose) => {
        // A transaction that is never asked to end fails instead of holding the test up.
        const connection = { application_name, idle_in_transaction_session_timeout: 10_000 };
        return postgres(url, { max: 3, max_lifetime: null, onnotice() {}, connection, onclose });
      });
      const cut = async () => {
        const rows = await admin`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = ${application_name}`;
        return rows.length;
      };
      const busyWith = async (query: string) => {
        const rows = await admin`select 1 from pg_stat_activity
          where application_name = ${application_name} and state = 'active' and query = ${query}`;
        return rows.length;
      };
      try {
        // As openDatabase does: types are learned once.
        await sql`select 1`;
        sql.options.fetch_types = false;
        await test({ sql, cut, busyWith });
      } finally {
        await sql.end({ timeout: 5 });
        await admin.end({ timeout: 5 });
      }
    },
  });
}

const twelve = Array.from({ length: 12 }, (_, i) => i);

/** What the type is called within Postgres. */
const INT4 = 23;

/** Resolves when the pool was made anew; `options` are those of the one before. */
const healed = (sql: postgres.Sql, options: postgres.Sql["options"]) =>
  until("the loss is noticed", () => sql.options !== options);

/** Resolves when so many of these are over. */
async function ended(all: readonly PromiseLike<unknown>[], count: number): Promise<void> {
  let over = 0;
  for (const one of all) one.then(() => over++, () => over++);
  await until(`${count} are over`, () => over >= count);
}

/** More transactions at once than there are connections, of either kind. */
async function answers(sql: postgres.Sql): Promise<unknown[]> {
  return await patiently(async () => {
    const asked = Array.from(
      { length: 12 },
      (_, i) =>
        i % 2 === 0
          ? transaction(sql, (tx) => tx`select ${i}::int as i`)
          : pipelined(sql, (tx) => tx`select ${i}::int as i`.execute()),
    );
    return (await Promise.all(asked)).map(([row]) => row?.i);
  });
}

/** News of a loss may be late on a busy machine: until it is there, a query may be lost as well. */
async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const lost = error instanceof StoreUnavailable || endsConnection(error);
      if (!lost || performance.now() > deadline) throw error;
      await turn();
    }
  }
}

lossyTest("pool answers after losses, whatever was on its way", async (pool) => {
  const { sql, cut } = pool;
  const { options } = sql;
  for (let round = 0; round < 25; round++) {
    await answers(sql);
    const under_way = Array.from(
      { length: 12 },
      (_, i) =>
        i % 2 === 0 ? sql`select pg_sleep(0.002), ${i}::int` : transaction(sql, async (tx) => {
          for (let n = 0; n < 20; n++) await tx`select pg_sleep(0.001)`;
        }),
    );
    const settled = Promise.allSettled(under_way);
    await ended(under_way, round % 7);
    await cut();
    await settled;
    assertEquals(await answers(sql), twelve);
  }
  assertFalse(sql.options === options);
});

lossyTest("pool knows array types from the first query after a loss", async ({ sql, cut }) => {
  const numbers = Array.from({ length: 500 }, (_, i) => i);
  for (let round = 0; round < 20; round++) {
    const { options } = sql;
    await cut();
    await healed(sql, options);
    const [row] = await patiently(async () => await sql`select ${numbers}::int[] as numbers`);
    assertEquals(row?.numbers, numbers);
  }
});

lossyTest(
  "statements that went over in one piece end with the connection, also those behind",
  async (pool) => {
    const { sql, cut } = pool;
    for (let round = 0; round < 25; round++) {
      const under_way = Array.from(
        { length: 6 },
        () =>
          pipelined(sql, async (tx) =>
            await Promise.all(
              // Not one of them was prepared before: each holds up what is behind it.
              [1, 2, 3].map((n) =>
                tx`select pg_sleep(0.002), ${n}::int, ${sql.unsafe(String(round))}`.execute()
              ),
            )),
      );
      const settled = Promise.allSettled(under_way);
      await ended(under_way, round % 6);
      await cut();
      for (const result of await settled) {
        if (result.status === "rejected") {
          assertInstanceOf(result.reason, StoreUnavailable);
        }
      }
      assertEquals(await answers(sql), twelve);
    }
  },
);

lossyTest("transaction over a connection that is lost fails as StoreUnavailable", async (pool) => {
  const { sql, cut, busyWith } = pool;
  const lost = transaction(sql, async (tx) => {
    await tx`select 1`;
    void until("it sleeps", async () => await busyWith("select pg_sleep(30)") > 0).then(cut);
    await tx`select pg_sleep(30)`;
  });
  await assertRejects(() => lost, StoreUnavailable, "does not answer");
  assertEquals(await answers(sql), twelve);
});

lossyTest("transaction asks nothing more once its connection is lost", async (pool) => {
  const { sql, cut } = pool;
  const note = `note_${crypto.randomUUID().replaceAll("-", "")}`;
  const worked = Promise.withResolvers<unknown>();
  const lost = transaction(sql, async (tx) => {
    await tx`select 1`;
    const { options } = sql;
    await cut();
    await healed(sql, options);
    // By now the connection may be another's.
    await answers(sql);
    try {
      await tx`create table ${tx(note)} ()`;
      worked.resolve("asked");
    } catch (error) {
      worked.resolve(error);
    }
  });
  await assertRejects(() => lost, StoreUnavailable);
  assertEquals(
    String(await worked.promise),
    "StoreUnavailable: The transaction is over: " +
      "its connection was lost",
  );
});

lossyTest(
  "pool that loses nothing is never replaced, and ends with all its queries",
  async (pool) => {
    const { options } = pool.sql;
    const asked = Array.from({ length: 9 }, (_, i) => pool.sql`select ${i}::int as i`.execute());
    const ended = pool.sql.end({ timeout: 5 });
    assertEquals((await Promise.all(asked)).map(([row]) => row?.i), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    await ended;
    assertStrictEquals(pool.sql.options, options);
  },
);

lossyTest("query keeps out of a transaction that is just getting a connection", async (pool) => {
  const { sql, busyWith } = pool;
  const seven = () => pipelined(sql, (tx) => tx`select ${7}::int as seven`.execute());
  await seven();
  const held = [1, 2].map(() => transaction(sql, (tx) => tx`select pg_sleep(0.5)`));
  await until("both are held", async () => await busyWith("select pg_sleep(0.5)") === 2);
  const last = sql`select 1 as one`.execute();
  // Asked while the answer is read: when a connection is found, and not handed over yet.
  const asked = Promise.withResolvers<unknown>();
  const { parsers } = sql.options;
  parsers[INT4] = (text) => {
    parsers[INT4] = Number;
    sql`select ${"a"}::text as a`.then(([row]) => asked.resolve(row), asked.reject);
    return Number(text);
  };
  const [flight] = await seven();
  assertEquals([await asked.promise, flight], [{ a: "a" }, { seven: 7 }]);
  await Promise.all([...held, last]);
});

Deno.test({
  ...unless(needs({ name: "env" }), "loss that is reported makes its own pool anew, and no other"),
  async fn() {
    // Connects only when it is asked something.
    const open = () => postgres("postgres://nobody@localhost/none", { max: 1 });
    const healing = healingPool(open);
    const first = healing.options;
    reportLoss(healing, "reservations");
    assertStrictEquals(healing.options, first);
    reportLoss(healing, "queries");
    const second = healing.options;
    assertFalse(second === first);
    assertEquals(second.max, first.max);
    // Its end is for good.
    await healing.end();
    reportLoss(healing, "queries");
    assertStrictEquals(healing.options, second);
    // A pool that does not heal has nothing to be told.
    const plain = open();
    const options = plain.options;
    reportLoss(plain, "queries");
    assertStrictEquals(plain.options, options);
  },
});
