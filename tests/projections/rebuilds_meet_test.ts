/** Two rebuilds at once, over connections that are really two. */
import { assertEquals, assertGreater, assertInstanceOf, assertRejects } from "@std/assert";
import { v4 } from "uuid";
import { inlineProjection, type Projection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { RebuildOvertaken, rebuildProjections } from "../../src/projections/rebuild.ts";
import { openLog } from "../../src/store/log.ts";
import type { Database } from "../../src/store/open_database.ts";
import { until } from "../bot/until.ts";
import { serverTest } from "../database.ts";
import { anotherPool } from "../runtime/another_pool.ts";
import { issued, verified, write } from "../store/pen.ts";

type Sql = Database["sql"];

/** Cards and checks, more than one page of a rebuild. */
async function someLog(sql: Sql): Promise<void> {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  const cards = Array.from({ length: 10 }, () => v4());
  await write(log, "maker", ...cards.map((card) => issued(card, v4())));
  await write(log, "buyer", ...cards.map((card) => verified(card, v4())));
}

/** Stands before every other model, and holds the first page up between its check and its writes. */
function openBarrier() {
  const reached = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const barrier: Projection = {
    name: "barrier",
    tables: [],
    changes: [],
    reads: [],
    applies: new Set(),
    async apply() {
      reached.resolve();
      await opened.promise;
      return [];
    },
  };
  return { barrier, reached: reached.promise, open: opened.resolve };
}

/** Whether somebody in this database waits for a lock. */
async function somebodyWaits(sql: Sql): Promise<boolean> {
  const rows = await sql`
    select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`;
  return rows.length > 0;
}

serverTest(
  "rebuild that begins later waits for the other's page, and then sweeps it",
  async (db) => {
    const { sql } = db;
    await someLog(sql);
    await using other = await anotherPool(sql);
    const { barrier, reached, open } = openBarrier();
    const pages: number[] = [];
    const earlier = rebuildProjections(sql, [barrier, ...projections], {
      page_size: 5,
      onProgress: (pos) => void pages.push(pos),
    });
    const overtaken = assertRejects(() => earlier, RebuildOvertaken, "another one has begun");
    await reached;
    const later = rebuildProjections(other.sql, projections);
    await until("the later one waits", () => somebodyWaits(sql));
    open();
    const { tables } = await later;
    await overtaken;
    // The page that was under way was written whole.
    assertEquals(pages.slice(0, 1), [5]);
    assertEquals(tables.filter(({ differing }) => differing > 0), []);
    assertEquals([...await sql`select 1 from pg_namespace where nspname = 'rebuild'`], []);
  },
);

serverTest(
  "of rebuilds that begin at once, one comes to its end and the rest say why",
  async (db) => {
    const { sql } = db;
    await someLog(sql);
    await using other = await anotherPool(sql);
    for (let round = 0; round < 5; round++) {
      const runs = await Promise.allSettled(
        Array.from(
          { length: 6 },
          (_, i) =>
            rebuildProjections(i % 2 === 0 ? sql : other.sql, projections, { page_size: 3 }),
        ),
      );
      const ended = runs.filter(({ status }) => status === "fulfilled");
      assertGreater(ended.length, 0);
      for (const run of runs) {
        if (run.status === "rejected") assertInstanceOf(run.reason, RebuildOvertaken);
        else assertEquals(run.value.tables.filter(({ differing }) => differing > 0), []);
      }
      assertEquals([...await sql`select 1 from pg_namespace where nspname = 'rebuild'`], []);
    }
  },
);
