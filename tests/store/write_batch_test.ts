import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type postgres from "postgres";
import { v4 } from "uuid";
import { inlineProjection } from "../../src/projections/projection.ts";
import { projections } from "../../src/flows/projections.ts";
import { openLog } from "../../src/store/log.ts";
import { pipelined } from "../../src/store/pipeline.ts";
import { lockHead, writeBatch } from "../../src/store/write_batch.ts";
import { databaseTest } from "../database.ts";
import { appendOf, helpAsked, issued, nothing, write } from "./pen.ts";

/** The statements of one batch, each to be executed at a place of the test's choosing. */
function statements(tx: postgres.ISql) {
  const batch = [appendOf(v4(), nothing, [issued(v4(), v4())])];
  return {
    lock: () => lockHead(tx).execute(),
    write: () => writeBatch(tx, v4(), batch).execute(),
    apply: () =>
      Promise.all(
        projections.map((projection) =>
          inlineProjection(projection).applyNew(tx, projection.applies)
        ),
      ),
  };
}

/** How much there is of each thing that a batch brings. */
async function kept(sql: postgres.Sql) {
  const [row] = await sql`
    select (select pos from head) as head, (select count(*)::int from events) as facts,
      (select count(*)::int from seen_updates) as seen, (select count(*)::int from cards) as cards`;
  return row;
}

databaseTest("batch whose models would move before its facts keeps nothing", async ({ sql }) => {
  await assertRejects(() =>
    pipelined(sql, (tx) => {
      const { lock, write, apply } = statements(tx);
      return Promise.all([lock(), apply(), write()]);
    })
  );
  assertEquals(await kept(sql), { head: 0, facts: 0, seen: 0, cards: 0 });
});

databaseTest("batch without the head's lock keeps nothing", async ({ sql }) => {
  await assertRejects(() =>
    pipelined(sql, (tx) => {
      const { write, apply } = statements(tx);
      return Promise.all([write(), apply()]);
    })
  );
  assertEquals(await kept(sql), { head: 0, facts: 0, seen: 0, cards: 0 });
});

databaseTest("batch that no transaction holds together keeps nothing", async ({ sql }) => {
  const connection = await sql.reserve();
  const { lock, write, apply } = statements(connection);
  await lock();
  await assertRejects(() => write());
  await assertRejects(() => apply());
  connection.release();
  assertEquals(await kept(sql), { head: 0, facts: 0, seen: 0, cards: 0 });
});

databaseTest("second batch in the transaction of a first takes both back", async ({ sql }) => {
  await assertRejects(() =>
    pipelined(sql, (tx) => {
      const [first, second] = [statements(tx), statements(tx)];
      return Promise.all([first.lock(), first.write(), second.lock(), second.write()]);
    })
  );
  assertEquals(await kept(sql), { head: 0, facts: 0, seen: 0, cards: 0 });
});

databaseTest("model that moves once more, after its batch, moves nothing", async ({ sql }) => {
  const log = openLog(sql, projections.map(inlineProjection), v4());
  await write(log, "maker", issued(v4(), v4()), helpAsked);
  const after = await kept(sql);
  assertEquals(after, { head: 2, facts: 2, seen: 1, cards: 1 });
  // More often than there are connections, so that it is tried over that of the batch.
  for (let tries = 0; tries < 4; tries++) {
    const error = await assertRejects(() => pipelined(sql, (tx) => statements(tx).apply()));
    assert(error instanceof Error);
    assertMatch(error.message, /amanita\.after|type bigint/);
  }
  assertEquals(await kept(sql), after);
});
