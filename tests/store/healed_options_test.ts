/** A pool that was made anew is like the one before, but for what is its own. */
import { assertEquals } from "@std/assert";
import type { Duplex } from "node:stream";
import postgres from "postgres";
import { openEngine } from "../../src/store/embedded/engine.ts";
import { connectEngine } from "../../src/store/embedded/open_embedded.ts";
import { healingPool } from "../../src/store/healing_pool.ts";
import { until } from "../bot/until.ts";
import { needs, unless } from "../permissions.ts";

const QUERIES_MAX = 3;
const RESERVED_MAX = 2;

interface Lossy {
  sql: postgres.Sql;
  /** How often the first pool was told of a loss: a healed one has somebody else to tell. */
  told: () => number;
  /** Connections that were opened since this was last asked. */
  opened: () => number;
  /** Breaks every connection there is, and resolves when the pool is made anew. */
  lose(): Promise<void>;
}

function lossyTest(name: string, test: (pool: Lossy) => Promise<void>): void {
  Deno.test({
    ...unless(needs({ name: "env" }), name),
    async fn() {
      const engine = await openEngine();
      const embedded = await connectEngine(engine);
      let sockets: Duplex[] = [];
      let [told, opened] = [0, 0];
      const socket = () => {
        const made = embedded.socket();
        sockets.push(made);
        opened++;
        return made;
      };
      const options = { host: "embedded", user: "postgres", database: "postgres", socket };
      const sql = healingPool((onclose) =>
        postgres({
          ...options,
          ...{ max: QUERIES_MAX, max_lifetime: null, idle_timeout: 0, onnotice() {} },
          onclose() {
            told++;
            onclose();
          },
        })
      );
      await sql`select 1`;
      sql.options.fetch_types = false;
      await test({
        sql,
        told: () => told,
        opened() {
          const since = opened;
          opened = 0;
          return since;
        },
        async lose() {
          const { options } = sql;
          for (const one of sockets) one.destroy();
          sockets = [];
          await until("the pool is made anew", () => sql.options !== options, 5_000);
        },
      });
      await sql.end({ timeout: 5 });
      await embedded.close();
      await engine.close();
    },
  });
}

/** As many queries at once as could each have a connection, and more. */
async function answers(sql: postgres.Sql): Promise<void> {
  const asked = Array.from({ length: 12 }, (_, i) => sql`select ${i}::int as i`);
  assertEquals((await Promise.all(asked)).map(([row]) => row?.i), asked.map((_, i) => i));
}

lossyTest("pool heals again and again, and each tells whoever made it", async (pool) => {
  const { sql, told, lose, opened } = pool;
  await answers(sql);
  assertEquals([opened(), told()], [QUERIES_MAX, 0]);
  for (let loss = 1; loss <= 3; loss++) {
    await lose();
    await answers(sql);
    assertEquals([loss, opened(), told()], [loss, QUERIES_MAX, QUERIES_MAX]);
  }
});

lossyTest("pool that heals keeps what it learned, and its number of connections", async (pool) => {
  const { sql, lose } = pool;
  const { max, max_lifetime, idle_timeout, fetch_types, user } = sql.options;
  await answers(sql);
  await lose();
  const healed = sql.options;
  assertEquals(
    [healed.max, healed.max_lifetime, healed.idle_timeout, healed.fetch_types, healed.user],
    [max, max_lifetime, idle_timeout, fetch_types, user],
  );
  assertEquals(healed.max, QUERIES_MAX);
  await answers(sql);
});

lossyTest(
  "reservations have connections of their own, two and no more, also healed",
  async (it) => {
    const { sql, lose, opened } = it;
    await answers(sql);
    for (let loss = 0; loss < 3; loss++) {
      opened();
      const reserved = await Promise.all([sql.reserve(), sql.reserve()]);
      assertEquals(opened(), RESERVED_MAX);
      let third: string | undefined;
      const waiting = sql.reserve().then((connection) => {
        third = "reserved";
        connection.release();
      });
      await answers(sql);
      assertEquals(third, undefined, "a third waits for one of the two");
      for (const connection of reserved) connection.release();
      await waiting;
      await lose();
      await answers(sql);
    }
  },
);
